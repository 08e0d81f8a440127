/**
 * The floors of the house, from the ground up (docs/design.md):
 *
 *   0  prelude.ts, value/     1  hierarchy/, record/     2  rule/     3  allocation/, deployment/     4  adapter/, certificate/
 *   5  index.ts
 *
 * Arrows point down or stay in their folder. Imports of types count like any other.
 */
const floors = [
  ['prelude\\.ts', 'value/'],
  ['hierarchy/', 'record/'],
  ['rule/'],
  ['allocation/', 'deployment/'],
  ['adapter/', 'certificate/'],
  ['index\\.ts'],
]

/** @type {(...names: ReadonlyArray<string>) => string} */
const inSrc = (...names) => `^src/(${names.join('|')})`

/** A floor may not import what lies above it. */
const upward = floors.slice(0, -1).map((names, floor) => ({
  name: `floor-${floor}-looks-up`,
  comment: 'Arrows point down only: what is below can be read, tested and trusted without knowing what is above it.',
  severity: 'error',
  from: { path: inSrc(...names) },
  to: { path: inSrc(...floors.slice(floor + 1).flat()) },
}))

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...upward,
    {
      name: 'no-floor',
      comment: 'Every module stands on a floor: a folder that no rule knows would be exempt from all of them.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^src/', pathNot: inSrc(...floors.flat()) },
    },
    ...[
      ['hierarchy', 'record'],
      ['record', 'hierarchy'],
      ['allocation', 'deployment'],
      ['deployment', 'allocation'],
      ['adapter', 'certificate'],
      ['certificate', 'adapter'],
    ].map(([one, other]) => ({
      name: `${one}-and-${other}-are-siblings`,
      comment: 'Siblings share what lies below them, not each other: either can be changed, or left out, alone.',
      severity: 'error',
      from: { path: `^src/${one}/` },
      to: { path: `^src/${other}/` },
    })),
    {
      name: 'adapters',
      comment: 'One adapter is one file: whoever reads records of one system needs to know no other.',
      severity: 'error',
      from: { path: '^src/adapter/([^/]+)$' },
      to: { path: '^src/adapter/', pathNot: '^src/adapter/$1$' },
    },
    {
      name: 'rule-is-generic',
      comment:
        'Rules, gates and readers are generic in subject and candidate: they serve both halves and know no record.',
      severity: 'error',
      from: { path: '^src/rule/' },
      to: { path: '^src/', pathNot: '^src/(prelude\\.ts$|value/|rule/)' },
    },
    {
      name: 'peers-in-prelude',
      comment: 'One file names the packages, so that one instance of each is all that can ever be loaded.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/prelude\\.ts$' },
      to: { pathNot: '^src/' },
    },
    {
      name: 'prelude-names-roots',
      comment: 'Only the peers, and only their roots: deep paths fail in the ESM loader of Node or make a second copy.',
      severity: 'error',
      from: { path: '^src/prelude\\.ts$' },
      to: { pathNot: '^node_modules/(fp-ts/(lib|es6)|io-ts/(lib|es6))/index\\.' },
    },
    {
      name: 'no-circle',
      comment: 'In a circle nothing comes first: neither a reader nor a loader knows where to begin.',
      severity: 'error',
      from: { path: '^src/' },
      to: { circular: true },
    },
    {
      name: 'no-orphan',
      comment: 'What the public face does not reach is neither published nor tested through it.',
      severity: 'error',
      from: { path: '^src/index\\.ts$' },
      to: { path: '^src/', reachable: false },
    },
    {
      name: 'not-resolved',
      comment: 'An import that leads nowhere.',
      severity: 'error',
      from: { path: '^src/' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: '^node_modules/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'] },
  },
}
