/**
 * What the compiler cannot see: the purity of src, the exhaustiveness of switches, where packages may be named.
 */
import { join } from 'node:path'
import eslint from '@eslint/js'
import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'

// -------------------------------------------------------------------------------------
// packages
// -------------------------------------------------------------------------------------

const deepPaths = {
  group: ['fp-ts/*', 'io-ts/*'],
  message: 'A deep path fails in Node’s ESM loader or makes a second copy: import from the root of the package.',
}

const peers = ['fp-ts', 'io-ts'].map((name) => ({
  name,
  message: 'Only src/prelude.ts names the peers: import from it.',
}))

const outside = {
  group: ['seatwise', 'seatwise/*', 'node:*'],
  message: 'Inside the package there are only relative paths, and no host.',
}

// -------------------------------------------------------------------------------------
// purity: what the same arguments do not determine, and what a second copy of the package would not share
// -------------------------------------------------------------------------------------

const ambient = 'What src needs is an argument: it asks no clock, chance, host, locale or time zone, and tells nobody.'

const ambientNames = [
  'Atomics',
  'Buffer',
  'FinalizationRegistry',
  'Function',
  'Intl',
  'WeakRef',
  '__dirname',
  '__filename',
  'clearImmediate',
  'clearInterval',
  'clearTimeout',
  'console',
  'crypto',
  'eval',
  'fetch',
  'global',
  'globalThis',
  'module',
  'navigator',
  'performance',
  'process',
  'queueMicrotask',
  'require',
  'self',
  'setImmediate',
  'setInterval',
  'setTimeout',
  'window',
]

/** The members of strings, numbers and dates that ask the host for its locale or its time zone. */
const hostMembers = String.raw`/^(localeCompare|toLocale\w+|getTimezoneOffset|to(Date|Time)String|[gs]et(FullYear|Year|Month|Date|Day|Hours|Minutes|Seconds|Milliseconds))$/`

/** At the top of a module. */
const top = ':matches(Program, Program > ExportNamedDeclaration) > VariableDeclaration'

const impure = [
  {
    selector:
      'Identifier[name="Date"]:not(NewExpression[arguments.length=1] > Identifier):not(TSTypeReference > Identifier)',
    message: `Of Date only \`new Date(value)\`. ${ambient}`,
  },
  {
    selector: `MemberExpression[computed=false] > Identifier.property[name=${hostMembers}], MemberExpression > Literal.property[value=${hostMembers}], ObjectPattern > Property > Identifier.key[name=${hostMembers}]`,
    message: `The host decides what this gives. ${ambient}`,
  },
  { selector: 'ThrowStatement', message: 'Failures are data: give back an Either, an Option or a refusal.' },
  { selector: ':matches(ClassDeclaration, ClassExpression)', message: 'Data and functions: no classes.' },
  { selector: 'ThisExpression', message: 'Functions depend on their arguments alone: no `this`.' },
  { selector: 'ImportExpression', message: 'What a module needs, it imports at its top.' },
  { selector: 'TSEnumDeclaration', message: 'A union of strings, not an enum.' },
  {
    selector: 'BinaryExpression[operator="instanceof"]',
    message: 'ESM and CJS may be loaded side by side: identity of a constructor means nothing. Ask for a tag.',
  },
  { selector: 'UnaryExpression[operator="delete"]', message: 'Build what is wanted instead of deleting from it.' },
  {
    selector: ':matches(ExportDefaultDeclaration, TSExportAssignment, ExportSpecifier[exported.name="default"])',
    message: 'Every export has a name.',
  },
  {
    selector: 'CallExpression:matches([callee.name="Symbol"], [callee.object.name="Symbol"])',
    message: 'ESM and CJS may be loaded side by side: a symbol as identity means nothing. Use a tag.',
  },
  { selector: `${top}[kind!="const"]`, message: 'A module has no state: const only.' },
  {
    selector: `${top} > VariableDeclarator:not([id.typeAnnotation.typeAnnotation.typeName.name=/^Readonly/]) > NewExpression[callee.name=/^(Array|Map|Set|WeakMap|WeakSet)$/]`,
    message: 'A module has no state: give the constant a type that is read only.',
  },
]

// -------------------------------------------------------------------------------------
// reasons
// -------------------------------------------------------------------------------------

/** @type {import('eslint').Rule.RuleModule} */
const disableNeedsReason = {
  meta: {
    type: 'suggestion',
    messages: { reason: 'Say why, after two dashes: eslint-disable-next-line rule -- reason' },
  },
  create: (context) => ({
    Program: () => {
      for (const { value, loc } of context.sourceCode.getAllComments())
        if (loc && /^\s*eslint-disable/.test(value) && !/\s--\s+\S/.test(value))
          context.report({ loc, messageId: 'reason' })
    },
  }),
}

export default defineConfig(
  globalIgnores([
    'dist/',
    'coverage/',
    '**/.generated/',
    '.stryker-tmp/',
    'test/consumer/projects/',
    'docs/reference/',
  ]),
  {
    files: ['**/*.{ts,mts,cts,js,mjs,cjs}'],
    extends: [eslint.configs.recommended, tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: join(import.meta.dirname, '..') } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    plugins: { seatwise: { rules: { 'disable-needs-reason': disableNeedsReason } } },
    rules: {
      'seatwise/disable-needs-reason': 'error',
      'no-restricted-imports': ['error', { patterns: [deepPaths] }],
      'object-shorthand': 'error',
      'prefer-const': 'error',
      eqeqeq: 'error',
      // As tsc sees it.
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // Written out, as fp-ts does: ReadonlyArray<A> beside ReadonlyNonEmptyArray<A> and ReadonlyMap<K, A>.
      '@typescript-eslint/array-type': ['error', { default: 'generic' }],
      // An index signature gives the key a name.
      '@typescript-eslint/consistent-indexed-object-style': 'off',
      // `undefined` is a value here: what cannot be copied is copied as nothing.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // `Record<never, never> extends Pick<A, K>` is how a type asks whether a property is optional.
      '@typescript-eslint/no-generated-empty-object-type': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        {
          allowDefaultCaseForExhaustiveSwitch: false,
          considerDefaultExhaustiveForUnions: false,
          requireDefaultForNonUnion: false,
        },
      ],
    },
  },
  {
    files: ['src/**'],
    rules: {
      'no-restricted-imports': ['error', { paths: peers, patterns: [deepPaths, outside] }],
      'no-restricted-globals': ['error', ...ambientNames.map((name) => ({ name, message: ambient }))],
      'no-restricted-properties': ['error', { object: 'Math', property: 'random', message: ambient }],
      'no-restricted-syntax': ['error', ...impure],
      'func-style': ['error', 'expression'],
      // What a function changes in place it has made for that: such parameters are known by their names.
      'no-param-reassign': [
        'error',
        { props: true, ignorePropertyModificationsFor: ['faults', 'progress', 'reading', 'report', 'tally'] },
      ],
      'prefer-arrow-callback': 'error',
    },
  },
  {
    files: ['src/prelude.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [deepPaths, outside] }] },
  },
  {
    // Scripts and tests read JSON, speak to the host and take what they have just made for granted.
    ignores: ['src/**'],
    rules: {
      'no-undef': 'off', // tsc knows the names
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/restrict-template-expressions': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/use-unknown-in-catch-callback-variable': 'off',
    },
  },
  {
    files: ['**/*.cjs'],
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
)
