// @ts-check
/**
 * SQLite, in process and in memory, through a package that has the interface of node:sqlite (which is not in Node 20) and
 * brings its binaries; better-sqlite3, which has to be compiled, is as fast. The catalog is in tables with an index that
 * covers each look-up; from the same objects the snapshots are inserted in one transaction, many rows at a time, and one
 * query asks the rules in their order, each by its index, and stops at the first that finds a license. Warm: the
 * snapshots are inserted already.
 */
import { factsOf, form } from './facts.mjs'
import { columnsOf, fill, relationsOf, TABLES } from './relations.mjs'
import { load } from '../packages.mjs'

const { DatabaseSync } = await load('@photostructure/sqlite')

/** How many rows are inserted at a time. */
const MANY = 100

const PLACES = 'i.shelf = l.shelf AND c.org BETWEEN l.olo AND l.ohi AND c.loc BETWEEN l.llo AND l.lhi'

/** The least line of a key is the first in its index. */
const QUERY = `
  SELECT i.place, coalesce(
    (SELECT l.id FROM l11 l WHERE l.shelf = i.shelf AND l.sn = i.sn AND l.ik = i.ik ORDER BY l.id LIMIT 1),
    (SELECT l.id FROM l12 l WHERE l.shelf = i.shelf AND l.sn = i.sn ORDER BY l.id LIMIT 1),
    (SELECT l.id FROM l13 l WHERE l.shelf = i.shelf AND l.ik = i.ik ORDER BY l.id LIMIT 1),
    (SELECT l.id FROM l21 l WHERE l.name = c.name AND ${PLACES} ORDER BY l.id LIMIT 1),
    (SELECT l.id FROM l25 l WHERE l.owner = c.owner AND ${PLACES} ORDER BY l.id LIMIT 1),
    (SELECT l.id FROM l31 l WHERE l.shelf = i.shelf AND l.org = c.org AND c.loc BETWEEN l.llo AND l.lhi ORDER BY l.id LIMIT 1),
    (SELECT l.id FROM l33 l WHERE l.shelf = i.shelf AND l.loc = c.loc ORDER BY l.id LIMIT 1),
    (SELECT l.id FROM l4 l WHERE l.shelf = i.shelf ORDER BY l.id LIMIT 1),
    -1)
  FROM i JOIN c ON c.number = i.computer`

/** @typedef {ReadonlyArray<string | number | null>} Column */

/** @type {(database: any, table: string, columns: ReadonlyArray<Column>) => void} */
const insert = (database, table, columns) => {
  const row = `(${columns.map(() => '?').join(', ')})`
  const count = columns[0]?.length ?? 0
  const many = database.prepare(`INSERT INTO ${table} VALUES ${Array(MANY).fill(row).join(', ')}`)
  const one = database.prepare(`INSERT INTO ${table} VALUES ${row}`)
  const valuesOf = (/** @type {number} */ from, /** @type {number} */ to) => {
    const values = []
    for (let index = from; index < to; index += 1) for (const column of columns) values.push(column[index] ?? null)
    return values
  }
  let from = 0
  for (; from + MANY <= count; from += MANY) many.run(...valuesOf(from, from + MANY))
  for (; from < count; from += 1) one.run(...valuesOf(from, from + 1))
}

/** Texts in their forms; nothing for an empty one, which is equal to nothing. */
const inForm = (/** @type {ReadonlyArray<string>} */ texts) => texts.map((text) => (text === '' ? null : form(text)))

/** @type {ReadonlyArray<import('./facts.mjs').Peer>} */
export const peers = [
  {
    name: 'SQLite',
    package: '@photostructure/sqlite',
    kind: 'database',
    sample: 100_000,
    prepare: (catalog) => {
      const facts = factsOf(catalog)
      const relations = relationsOf(facts, catalog)
      const database = new DatabaseSync(':memory:')
      const atOnce = (/** @type {() => void} */ work) => {
        database.exec('BEGIN')
        work()
        database.exec('COMMIT')
      }
      for (const [table, given] of Object.entries(TABLES)) {
        const columns = given.replace(' |', ',').split(', ')
        const rows = relations.rows[/** @type {keyof typeof TABLES} */ (table)]
        const values = columns.map((_, column) => rows.map((row) => row[column] ?? null))
        const names = columns.map((column) => column.replace(/ .*/, ''))
        const keys = names.slice(0, (given.split(' |')[0] ?? '').split(', ').length)
        const rest = names.filter((name) => !keys.includes(name) && name !== 'id')
        database.exec(`CREATE TABLE ${table} (${columns.join(', ')})`)
        atOnce(() => insert(database, table, values))
        database.exec(`CREATE INDEX ${table}_by ON ${table} (${[...keys, 'id', ...rest].join(', ')})`)
      }
      database.exec(`
        CREATE TABLE c (number INTEGER PRIMARY KEY, name TEXT, owner TEXT, org INTEGER, loc INTEGER);
        CREATE TABLE i (place INTEGER PRIMARY KEY, computer INTEGER, shelf INTEGER, sn TEXT, ik TEXT);
        ANALYZE`)
      const query = database.prepare(QUERY)
      query.setReturnArrays(true)

      const loadAll = (/** @type {ReadonlyArray<import('./facts.mjs').AuditSnapshot>} */ snapshots) => {
        const { answers, computers, installations } = columnsOf(relations, snapshots)
        const numbers = computers.name.map((_, number) => number)
        const { place, computer, shelf, sn, ik } = installations
        database.exec('DELETE FROM i; DELETE FROM c')
        atOnce(() => {
          const { name, owner, org, loc } = computers
          insert(database, 'c', [numbers, inForm(name), inForm(owner), org, loc])
          insert(database, 'i', [place, computer, shelf, inForm(sn), inForm(ik)])
        })
        return answers
      }
      const ask = (/** @type {Array<import('./facts.mjs').Answer>} */ answers) => {
        /** @type {Array<[number, number]>} */
        const rows = query.all()
        const [places, ids] = [rows.map(([place]) => place), rows.map(([, id]) => id)]
        return fill(relations.lines, answers, places, ids)
      }
      return {
        decide: (snapshots) => ask(loadAll(snapshots)),
        warm: (snapshots) => {
          const answers = loadAll(snapshots)
          return Promise.resolve(() => ask(answers))
        },
        close: () => database.close(),
      }
    },
  },
]
