/**
 * Runs the example: its command here, many times, and a few times as its users do, in a process of its own on the built
 * package.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { command } from '../../docs/examples/start/command.mjs'

export const fromRoot = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url))

export const main = fromRoot('docs/examples/start/main.mjs')

/** The example imports the package through itself, which is dist. */
export const requireBuild = (): void => {
  if (!existsSync(fromRoot('dist/esm/index.js')))
    throw new Error('dist is missing: run `npm run build` before these tests')
}

/** The caller's surroundings, without what npm and the terminal of whoever runs the tests add to them. */
export const environment = (more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(
    Object.entries(process.env).filter(([name]) => name !== 'INIT_CWD' && !name.endsWith('_COLOR')),
  ),
  ...more,
})

export interface Run {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

interface Where {
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
}

/** The process: arguments, environment, terminal, exit status. */
export const start = (args: ReadonlyArray<string>, { cwd = tmpdir(), env = {} }: Where = {}): Run => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    cwd,
    env: environment(env),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  return { status, stdout, stderr }
}

/** What the process would print and end with, without one. */
export const run = (args: ReadonlyArray<string>, folder = tmpdir()): Run => {
  const written = { stdout: '', stderr: '' }
  const writeTo = (stream: keyof typeof written) => (lines: ReadonlyArray<string>) => {
    written[stream] += `${lines.join('\n')}\n`
  }
  const status = command(args, {
    folder,
    canvas: { columns: 100, paint: (_, text) => text },
    print: writeTo('stdout'),
    tell: writeTo('stderr'),
  })
  return { status, ...written }
}

/** A folder for the files of one test. */
export const withFolder = <A>(use: (folder: string) => A): A => {
  const folder = mkdtempSync(join(tmpdir(), 'seatwise-'))
  try {
    return use(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export interface Files {
  readonly catalog: unknown
  readonly snapshots: unknown
  readonly allocations?: unknown
  readonly policy?: unknown
}

/** Runs the command on records written to files. */
export const runOn = ({ catalog, snapshots, allocations, policy }: Files, args: ReadonlyArray<string> = []): Run =>
  withFolder((folder) => {
    const write = (name: string, content: unknown): string => {
      writeFileSync(join(folder, name), JSON.stringify(content))
      return name
    }
    return run(
      [
        ...['--catalog', write('catalog.json', catalog), '--snapshots', write('snapshots.json', snapshots)],
        ...(allocations === undefined ? [] : ['--allocations', write('allocations.json', allocations)]),
        ...(policy === undefined ? [] : ['--policy', write('policy.json', policy)]),
        ...args,
      ],
      folder,
    )
  })

/** Runs the command on an estate, and on events, where there are any, written to files. */
export const runOnEstate = (
  { estate, events }: { readonly estate: unknown; readonly events?: unknown },
  args: ReadonlyArray<string> = [],
): Run =>
  withFolder((folder) => {
    const write = (name: string, content: unknown): string => {
      writeFileSync(join(folder, name), JSON.stringify(content))
      return name
    }
    return run(
      [
        ...['--estate', write('estate.json', estate)],
        ...(events === undefined ? [] : ['--events', write('events.json', events)]),
        ...args,
      ],
      folder,
    )
  })

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- records of unknown shape, as they stand in the file
export const readJson = (path: string): any => JSON.parse(readFileSync(path, 'utf8'))

export const example = {
  catalog: readJson(fromRoot('docs/examples/estate/catalog.json')),
  snapshots: readJson(fromRoot('docs/examples/estate/snapshots.json')),
  allocations: readJson(fromRoot('docs/examples/estate/allocations.json')),
}

/** The example of deployment. */
export const hospital = {
  estate: readJson(fromRoot('docs/examples/deployment-estate/estate.json')),
  events: readJson(fromRoot('docs/examples/deployment-estate/events.json')),
}

export const weekFiles = ['week-1', 'week-2'].map((name) => fromRoot(`docs/examples/estate/${name}.json`))

/** Reorders every list and all fields of a value, in the same way each time. */
export const shuffled = (value: unknown, random = sequence(1)): unknown => {
  if (Array.isArray(value))
    return value
      .map((entry: unknown) => ({ entry: shuffled(entry, random), place: random() }))
      .sort((a, b) => a.place - b.place)
      .map(({ entry }) => entry)
  if (typeof value !== 'object' || value === null) return value
  const fields = Object.entries(value).map(([key, held]): readonly [string, unknown] => [key, shuffled(held, random)])
  return Object.fromEntries(fields.reverse())
}

const sequence = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state
  }
}
