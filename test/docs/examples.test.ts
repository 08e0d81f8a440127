/**
 * What the documentation shows holds: every example is well typed and runs, its imports as a user writes them.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { format } from 'node:util'
import ts from 'typescript'
import { afterEach, describe, expect, test, vi } from 'vitest'
import {
  commandsOf,
  countTags,
  examplesOfPage,
  examplesOfSource,
  pages,
  root,
  sources,
  type Example,
} from './examples.js'

const docstrings = sources().flatMap((file) => examplesOfSource(file))
const blocks = pages().flatMap((file) => examplesOfPage(file))

// -------------------------------------------------------------------------------------
// each example is a module
// -------------------------------------------------------------------------------------

const generated = join(root, 'test/docs/.generated')

interface Written extends Example {
  readonly path: string
}

/** Writes an example as a module whose line numbers are those of the page. */
const write = (example: Example): Written => {
  const path = join(generated, `${example.name.replaceAll(/[^\w]+/g, '-')}.${example.language === 'ts' ? 'ts' : 'mjs'}`)
  writeFileSync(path, `${'\n'.repeat(example.line - 1)}${example.code}\n\nexport {}\n`)
  return { ...example, path }
}

rmSync(generated, { recursive: true, force: true })
mkdirSync(generated, { recursive: true })

const modules = [...docstrings, ...blocks].filter(({ language, run }) => language !== 'sh' && run).map(write)

// -------------------------------------------------------------------------------------
// all of them are one program
// -------------------------------------------------------------------------------------

const compilerOptions = (): ts.CompilerOptions => {
  const path = join(root, 'tsconfig.json')
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(path, ts.sys.readFile).config,
    ts.sys,
    root,
    {},
    path,
  )
  // What an example names for its reader need not be used.
  return { ...options, noUnusedLocals: false, noUnusedParameters: false }
}

const typeErrors = (): ReadonlyArray<string> => {
  const typed = modules.filter(({ language }) => language === 'ts')
  const program = ts.createProgram(
    typed.map(({ path }) => path),
    compilerOptions(),
  )
  return typed.flatMap(({ name, path }) => {
    const source = program.getSourceFile(path)
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ file, start, messageText }) => {
        const line = file === undefined ? 0 : file.getLineAndCharacterOfPosition(start ?? 0).line + 1
        return `${name}, line ${String(line)}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`
      },
    )
  })
}

/** As in the terminal of a user, who runs no tests. */
const userEnv = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(NODE_|VITEST|TEST$|npm_)/.test(name)),
)

// -------------------------------------------------------------------------------------
// tests
// -------------------------------------------------------------------------------------

afterEach(() => {
  vi.restoreAllMocks()
})

describe('the examples of the documentation', () => {
  test('are found: there are some, and as many as there are tags', () => {
    expect(docstrings.length).toBeGreaterThan(0)
    expect(docstrings.length).toBe(sources().reduce((sum, file) => sum + countTags(file), 0))
  })

  test('are well typed', () => {
    expect(typeErrors()).toStrictEqual([])
  })

  for (const { name, path, prints } of modules)
    test(`run: ${name}`, async () => {
      const lines: Array<string> = []
      vi.spyOn(console, 'log').mockImplementation((...values) => lines.push(format(...values)))
      await import(/* @vite-ignore */ path)
      if (prints !== undefined) expect(lines.join('\n').trimEnd()).toBe(prints.trimEnd())
    })

  for (const { name } of blocks.filter(({ language, run }) => language !== 'sh' && !run)) test.skip(`${name} (no-run)`)

  for (const { name, command, run } of blocks.filter(({ language }) => language === 'sh').flatMap(commandsOf))
    if (run)
      test(`run: ${name}`, () => {
        const { status, stdout, stderr } = spawnSync('sh', ['-c', command], {
          cwd: root,
          env: userEnv,
          encoding: 'utf8',
        })
        expect(status, stdout + stderr).toBe(0)
      })
    else test.skip(`${name} (not run here)`)
})
