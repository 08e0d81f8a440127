/**
 * The package as its users get it: packed, installed beside the peers, loaded and type-checked in every way that Node and
 * TypeScript know. Only a real installation shows what publint, attw and tsc do not see.
 *
 * The peers come from node_modules of this repository: nothing here needs the network.
 */
import { execFile } from 'node:child_process'
import { copyFileSync, cpSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const projects = ['esm', 'cjs', 'typescript'] as const
type Project = (typeof projects)[number]

const workshop = realpathSync(mkdtempSync(join(tmpdir(), 'seatwise-consumer-')))
const home = (project: Project): string => join(workshop, project)

// As in the terminal of a user, who runs no tests.
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(NODE_|VITEST|TEST$|npm_)/.test(name)))

/** Runs a program and gives what it writes; what a failing one writes is told. */
const run = (cwd: string, program: string, ...args: ReadonlyArray<string>): Promise<string> =>
  new Promise((done, fail) => {
    execFile(program, [...args], { cwd, env, shell: process.platform === 'win32' }, (error, stdout, stderr) => {
      if (error === null) done(stdout)
      else fail(new Error(`${[program, ...args].join(' ')}\n${stdout}${stderr}`))
    })
  })

const node = (project: Project, ...args: ReadonlyArray<string>) => run(home(project), process.execPath, ...args)
const tsc = (...args: ReadonlyArray<string>) =>
  node('typescript', join(root, 'node_modules/typescript/bin/tsc'), ...args)

beforeAll(async () => {
  await run(root, 'npm', 'pack', '--silent', '--pack-destination', workshop)
  const tarball = readdirSync(workshop).find((name) => name.endsWith('.tgz'))
  if (tarball === undefined) throw new Error('npm pack made no tarball')
  const packages = [join(workshop, tarball), ...['fp-ts', 'io-ts'].map((name) => join(root, 'node_modules', name))]
  const options = ['--offline', '--install-links', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock']
  await Promise.all(
    projects.map(async (project) => {
      cpSync(join(root, 'test/consumer/projects', project), home(project), { recursive: true })
      await run(home(project), 'npm', 'install', '--silent', ...options, ...packages)
    }),
  )
  for (const ending of ['cts', 'ts'])
    copyFileSync(join(home('typescript'), 'main.mts'), join(home('typescript'), `main.${ending}`))
})

afterAll(() => {
  rmSync(workshop, { recursive: true, force: true })
})

describe.concurrent('the package, installed', () => {
  test('is imported by an ES module', async () => {
    expect(await node('esm', 'main.js')).toBe('')
  })

  test('is required by a CommonJS module', async () => {
    expect(await node('cjs', 'main.js')).toBe('')
  })

  for (const module of ['nodenext', 'node16'])
    test(`is well typed under ${module}, as .mts and as .cts, and both run`, async () => {
      expect(await tsc('-p', `tsconfig.${module}.json`)).toBe('')
      const out = `./out/${module}/main`
      expect(await node('typescript', '-p', `require('${out}.cjs').result`)).toBe('ok\n')
      expect(await node('typescript', '-e', `import('${out}.mjs').then(({ result }) => console.log(result))`)).toBe(
        'ok\n',
      )
    })

  test('is well typed as a bundler sees it', async () => {
    expect(await tsc('-p', 'tsconfig.bundler.json')).toBe('')
  })

  test('holds what is to be published and brings nothing along', () => {
    const namesIn = (folder: string) =>
      readdirSync(join(home('esm'), folder))
        .filter((name) => !name.startsWith('.'))
        .sort()
    expect(namesIn('node_modules')).toStrictEqual(['fp-ts', 'io-ts', 'seatwise'])
    expect(namesIn('node_modules/seatwise')).toStrictEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'dist',
      'package.json',
      'src',
    ])
  })
})
