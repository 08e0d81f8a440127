/**
 * Everything public is documented: since which version it is there and, where it can be called, an example.
 */
import { join } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { root } from './examples.js'

const entryPoints = ['src/index.ts', 'src/allocation/index.ts', 'src/deployment/index.ts']

const configPath = join(root, 'src/tsconfig.json')
const { options } = ts.parseJsonConfigFileContent(
  ts.readConfigFile(configPath, ts.sys.readFile).config,
  ts.sys,
  join(root, 'src'),
  {},
  configPath,
)
const program = ts.createProgram(
  entryPoints.map((file) => join(root, file)),
  options,
)
const checker = program.getTypeChecker()

interface Public {
  /** The name a user writes. */
  readonly name: string
  readonly symbol: ts.Symbol
}

const resolved = (symbol: ts.Symbol): ts.Symbol =>
  symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol

const isOurs = (node: ts.Node): boolean => node.getSourceFile().fileName.startsWith(join(root, 'src'))

/** Everything that an entry point exports, through re-exports and namespaces. */
const exportsOf = (module: ts.Symbol, prefix: string): ReadonlyArray<Public> =>
  checker.getExportsOfModule(module).flatMap((exported): ReadonlyArray<Public> => {
    const symbol = resolved(exported)
    const name = `${prefix}${exported.name}`
    if (!(symbol.declarations ?? []).every(isOurs)) return []
    return [{ name, symbol }, ...(symbol.flags & ts.SymbolFlags.ValueModule ? exportsOf(symbol, `${name}.`) : [])]
  })

/** The docstring of a declaration; of a module that is re-exported under a name, its header. */
const docOf = (declaration: ts.Declaration): string => {
  const text = declaration.getSourceFile().text
  if (ts.isSourceFile(declaration)) return /^\/\*\*[\s\S]*?\*\//.exec(text)?.[0] ?? ''
  return ts
    .getJSDocCommentsAndTags(declaration)
    .filter(ts.isJSDoc)
    .map((doc) => text.slice(doc.pos, doc.end))
    .join('\n')
}

const hasTag = (doc: string, tag: RegExp): boolean => doc.split('\n').some((line) => tag.test(line))

/** Is it a function, or a codec, which is known by its two directions? */
const isCalled = (symbol: ts.Symbol, declaration: ts.Declaration): boolean => {
  if (!ts.isVariableDeclaration(declaration) && !ts.isFunctionDeclaration(declaration)) return false
  const type = checker.getTypeOfSymbolAtLocation(symbol, declaration)
  const isCodec = ['decode', 'encode'].every((name) => checker.getPropertyOfType(type, name) !== undefined)
  return isCodec || type.getCallSignatures().length > 0
}

const faultsOf = ({ name, symbol }: Public): ReadonlyArray<string> =>
  (symbol.declarations ?? []).flatMap((declaration) => {
    const doc = docOf(declaration)
    if (hasTag(doc, /@internal\b/)) return []
    const file = declaration.getSourceFile().fileName.slice(root.length)
    const line = declaration.getSourceFile().getLineAndCharacterOfPosition(declaration.getStart()).line + 1
    const fault = (what: string): string => `${name} (${file}:${String(line)}) ${what}`
    return [
      ...(doc === '' ? [fault('has no docstring')] : []),
      ...(doc !== '' && !hasTag(doc, /^\s*\*\s*@since \d+\.\d+\.\d+$/) ? [fault('has no @since x.y.z')] : []),
      ...(isCalled(symbol, declaration) && !hasTag(doc, /^\s*\*\s*@example$/) ? [fault('has no @example')] : []),
    ]
  })

/** Each once, whichever way leads to it. */
const published = [
  ...new Map(
    entryPoints.flatMap((file) => {
      const source = program.getSourceFile(join(root, file))
      const module = source === undefined ? undefined : checker.getSymbolAtLocation(source)
      return module === undefined ? [] : exportsOf(module, '').map((each) => [each.symbol, each] as const)
    }),
  ).values(),
]

test('there is something public', () => {
  expect(published.length).toBeGreaterThan(0)
})

test('everything public says since when, and shows how it is called', () => {
  expect(published.flatMap(faultsOf)).toStrictEqual([])
})
