// @ts-check
// Writes the parts of the documentation that are read off the code: npm run docs. With --check it only compares, and exits
// with 1 where they differ.
import { readFile, writeFile } from 'node:fs/promises'
import { Allocation, Deployment } from 'seatwise'

const table = (/** @type {ReadonlyArray<string>} */ heads, /** @type {ReadonlyArray<ReadonlyArray<string>>} */ rows) =>
  [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')

// -------------------------------------------------------------------------------------
// allocation
// -------------------------------------------------------------------------------------

const GROUPS = [
  '',
  'the keys that the audit read',
  'licenses with a Device restriction',
  'licenses without one',
  'the main license',
]

const rules = () =>
  table(
    ['Rule', 'Matches when all hold', 'Group'],
    Allocation.table.map(({ rule, group, conditions }) => [rule, conditions.join(' and '), GROUPS[group] ?? '']),
  )

// -------------------------------------------------------------------------------------
// deployment
// -------------------------------------------------------------------------------------

const gates = (/** @type {ReadonlyArray<Deployment.GateRow>} */ rows) =>
  table(
    ['Gate', 'Refused with', 'Clause'],
    rows.map(({ kind, gate, reasons, clause }) => [
      gate,
      kind === 'exit' ? '*leaves with an action*' : reasons.map((reason) => `\`${reason}\``).join(' or '),
      clause,
    ]),
  )

const features = () =>
  table(
    ['Feature', 'From UMS'],
    Object.entries(Deployment.features).map(([feature, version]) => [`\`${feature}\``, version]),
  )

/** Where a device that holds nothing begins. */
const START = 'none'

/** The life of a device's license; what leads from one standing to another in several ways is one arrow. */
const lifecycle = () => {
  /** @type {Map<string, ReadonlyArray<string>>} */
  const arrows = new Map()
  for (const { from, to, by } of Deployment.lifecycle) {
    const arrow = `${from} --> ${to}`
    arrows.set(arrow, [...(arrows.get(arrow) ?? []), by])
  }
  return [
    '```mermaid',
    'stateDiagram-v2',
    `  [*] --> ${START}`,
    ...Array.from(arrows, ([arrow, ways]) => `  ${arrow}: ${ways.join(', ')}`),
    '```',
  ].join('\n')
}

// -------------------------------------------------------------------------------------
// pages
// -------------------------------------------------------------------------------------

/** @type {Readonly<Record<string, Readonly<Record<string, () => string>>>>} */
const PAGES = {
  'README.md': { rules },
  'docs/guides/deployment.md': {
    'device-gates': () => gates(Deployment.gates.device),
    'pack-gates': () => gates(Deployment.gates.packs),
    features,
    lifecycle,
  },
}

const root = new URL('../', import.meta.url)

for (const [page, blocks] of Object.entries(PAGES)) {
  const before = await readFile(new URL(page, root), 'utf8')
  const after = Object.entries(blocks).reduce((text, [name, write]) => {
    const block = new RegExp(`(<!-- ${name}:[^>]*-->\n)[\\s\\S]*?(<!-- /${name} -->)`)
    if (!block.test(text)) throw new Error(`${page} has no place for ${name}`)
    return text.replace(block, (_, open, close) => `${open}\n${write()}\n\n${close}`)
  }, before)
  if (before === after) continue
  if (process.argv.includes('--check')) {
    console.error(`${page} differs from the code: run \`npm run docs\``)
    process.exitCode = 1
  } else await writeFile(new URL(page, root), after)
}
