/**
 * Finds the examples of the documentation: every `@example` of a docstring, every fenced block of a page.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

export const root = fileURLToPath(new URL('../..', import.meta.url))

export interface Example {
  /** The file from the root of the repository, and the symbol or the line. */
  readonly name: string
  readonly file: string
  /** The line of the file that the code begins on, from 1. */
  readonly line: number
  readonly language: 'ts' | 'js' | 'sh'
  readonly run: boolean
  readonly code: string
  /** What it prints, where the page says so. */
  readonly prints?: string
}

// -------------------------------------------------------------------------------------
// files
// -------------------------------------------------------------------------------------

const filesOf = (folder: string, ending: string): ReadonlyArray<string> =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((file) => !/(^|\/)(node_modules|\.[^/]+)\//.test(file))
    .sort()

const read = (file: string): string => readFileSync(join(root, file), 'utf8')

export const sources = (): ReadonlyArray<string> => filesOf('src', '.ts')

/** README.md, where there is one yet, and the pages of docs. */
export const pages = (): ReadonlyArray<string> => [
  ...readdirSync(root).filter((name) => name === 'README.md'),
  ...filesOf('docs', '.md'),
]

// -------------------------------------------------------------------------------------
// docstrings
// -------------------------------------------------------------------------------------

const ownName = (node: ts.Node): string | undefined => {
  if (ts.isVariableStatement(node)) return node.declarationList.declarations[0]?.name.getText()
  const { name } = node as { readonly name?: ts.Node }
  return name?.getText()
}

const nameOf = (node: ts.Node): string => {
  const names: Array<string> = []
  for (let at = node; !ts.isSourceFile(at); at = at.parent) {
    const name = ownName(at)
    if (name !== undefined) names.unshift(name)
  }
  return names.length === 0 ? 'module' : names.join('.')
}

const docsOf = (node: ts.Node): ReadonlyArray<ts.JSDoc> =>
  [
    ...ts.getJSDocCommentsAndTags(node).filter((doc) => ts.isJSDoc(doc) && doc.parent === node),
    ...node.getChildren().flatMap(docsOf),
  ] as ReadonlyArray<ts.JSDoc>

/** The lines of a comment without its stars; a line of the result is a line of the file. */
const linesOf = (comment: string): ReadonlyArray<string> =>
  comment
    .replace(/^\/\*\*/, '')
    .replace(/\s*\*\/$/, '')
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, ''))

/** A fence around the code of an example is welcome and says nothing. */
const withoutFence = (line: string): string => (/^(```|~~~)/.test(line) ? '' : line)

/** The `@example`s of a source file: each from the line after its tag to the next tag. */
export const examplesOfSource = (file: string, text: string = read(file)): ReadonlyArray<Example> => {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const seen = new Map<string, number>()
  return docsOf(source).flatMap((doc) => {
    const first = source.getLineAndCharacterOfPosition(doc.pos).line
    const lines = linesOf(text.slice(doc.pos, doc.end))
    return lines.flatMap((tag, at): ReadonlyArray<Example> => {
      if (!/^@example\b/.test(tag)) return []
      const rest = lines.slice(at + 1)
      const next = rest.findIndex((line) => /^@[a-z]/i.test(line))
      const symbol = nameOf(doc.parent)
      const count = (seen.get(symbol) ?? 0) + 1
      seen.set(symbol, count)
      return [
        {
          name: `${file}:${symbol}${count === 1 ? '' : ` (${String(count)})`}`,
          file,
          line: first + at + 2,
          language: 'ts',
          run: true,
          code: (next === -1 ? rest : rest.slice(0, next)).map(withoutFence).join('\n').trimEnd(),
        },
      ]
    })
  })
}

/** How many `@example`s a text has at the beginning of a comment's line, counted in another way. */
export const countTags = (file: string, text: string = read(file)): number =>
  text.split('\n').filter((line) => /^\s*(\/\*)?\*+ @example\b/.test(line)).length

// -------------------------------------------------------------------------------------
// pages
// -------------------------------------------------------------------------------------

const LANGUAGES: Readonly<Record<string, Example['language']>> = {
  ts: 'ts',
  typescript: 'ts',
  js: 'js',
  mjs: 'js',
  javascript: 'js',
  sh: 'sh',
  bash: 'sh',
  shell: 'sh',
}

interface Block {
  readonly word: string
  readonly info: string
  /** The line of the fence that opens the block, and of the one that closes it, from 0. */
  readonly open: number
  readonly close: number
  readonly code: string
}

const blocksOf = (lines: ReadonlyArray<string>): ReadonlyArray<Block> => {
  const found: Array<Block> = []
  for (let open = 0; open < lines.length; open += 1) {
    const match = /^(\s*)(`{3,}|~{3,})\s*([^\s`]*)(.*)$/.exec(lines[open] ?? '')
    if (match === null) continue
    const [, indent = '', fence = '', word = '', info = ''] = match
    const end = lines.findIndex((line, index) => index > open && line.trim().startsWith(fence))
    const close = end === -1 ? lines.length : end
    const code = lines
      .slice(open + 1, close)
      .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line))
    found.push({ word: word.toLowerCase(), info, open, close, code: code.join('\n') })
    open = close
  }
  return found
}

/**
 * What a block prints: the `text` block that comes next on the page, with no more between them than a sentence that says
 * so. `It prints:` is one.
 */
const printed = (lines: ReadonlyArray<string>, block: Block, next: Block | undefined): string | undefined => {
  const between = lines
    .slice(block.close + 1, next?.open)
    .join(' ')
    .trim()
  return next?.word === 'text' && /^(it )?prints\b[^.]*:$/i.test(between) ? next.code : undefined
}

/** Several blocks as one, each line at the place that it has on the page. */
const asOne = (blocks: ReadonlyArray<Block>): string =>
  blocks.reduce((code, block) => {
    const lines = code === '' ? 0 : code.split('\n').length
    const gap = block.open - (blocks[0]?.open ?? 0) - lines
    return `${code}${'\n'.repeat(code === '' ? 0 : gap + 1)}${block.code}`
  }, '')

/**
 * The fenced blocks of a page in a language that runs. `no-run` after the language leaves a block out; one that is
 * `continued` goes on where the block before it in that language ended.
 */
export const examplesOfPage = (file: string, text: string = read(file)): ReadonlyArray<Example> => {
  const lines = text.split('\n')
  const blocks = blocksOf(lines)
  let story: ReadonlyArray<Block> = []
  return blocks.flatMap((block, at): ReadonlyArray<Example> => {
    const language = LANGUAGES[block.word]
    if (language === undefined) return []
    const prints = printed(lines, block, blocks[at + 1])
    story = /\bcontinued\b/.test(block.info) ? [...story, block] : [block]
    return [
      {
        name: `${file}:${String(block.open + 2)}`,
        file,
        line: (story[0]?.open ?? block.open) + 2,
        language,
        run: !/\bno-run\b/.test(block.info),
        code: asOne(story),
        ...(prints === undefined ? {} : { prints }),
      },
    ]
  })
}

// -------------------------------------------------------------------------------------
// commands
// -------------------------------------------------------------------------------------

export interface Command {
  readonly name: string
  readonly command: string
  readonly run: boolean
}

const RUN = /^npm (start|run vectors)\b/

/** The commands of a shell block, as lines or joined by `&&`; only those that show what the package does are to run. */
export const commandsOf = ({ file, line, run, code }: Example): ReadonlyArray<Command> =>
  code
    .replaceAll(/\\\n\s*/g, '')
    .split(/\n|&&/)
    .map((text) => text.trim().replace(/^\$ /, ''))
    .filter((command) => command !== '' && !command.startsWith('#'))
    .map((command) => ({ name: `${file}:${String(line)} $ ${command}`, command, run: run && RUN.test(command) }))
