// @ts-check
// Writes the parts of the documentation that are read off the code: npm run docs. With --check it only compares, and exits
// with 1 where they differ.
import { readFile, writeFile } from 'node:fs/promises'
import { Allocation } from 'seatwise'

const README = new URL('../README.md', import.meta.url)

const GROUPS = [
  '',
  'the keys that the audit read',
  'licenses with a Device restriction',
  'licenses without one',
  'the main license',
]

const row = (/** @type {Allocation.Row} */ { rule, group, conditions }) =>
  `| ${rule} | ${conditions.join(' and ')} | ${GROUPS[group] ?? ''} |`

const table = ['| Rule | Matches when all hold | Group |', '| --- | --- | --- |', ...Allocation.table.map(row)].join(
  '\n',
)

const BLOCK = /(<!-- rules:[^>]*-->\n)[\s\S]*?(<!-- \/rules -->)/
const before = await readFile(README, 'utf8')
const after = before.replace(BLOCK, (_, open, close) => `${open}\n${table}\n\n${close}`)

if (process.argv.includes('--check')) {
  if (before !== after) {
    console.error('README.md differs from the rule book: run `npm run docs`')
    process.exitCode = 1
  }
} else if (before !== after) await writeFile(README, after)
