// @ts-check
/**
 * DuckDB, in process and in memory, on one thread and on two. The catalog is in tables beforehand; from the same objects
 * the snapshots are loaded as columns, one query joins and ranks, and two columns of numbers are read back. Units are
 * resolved before loading, texts get their form in the database. Warm: the snapshots are loaded already.
 *
 * Most of the time goes into loading, by an appender in chunks; handing over a column of texts as one text, to be split by
 * the database, is no faster.
 */
import { factsOf } from './facts.mjs'
import { columnsOf, fill, relationsOf, TABLES } from './relations.mjs'
import { load } from '../packages.mjs'

const { DuckDBInstance, DuckDBDataChunk, INTEGER, VARCHAR } = await load('@duckdb/node-api')

/** As many rows as a chunk of the database holds. */
const CHUNK = 2048

/** @typedef {ReadonlyArray<string | number | null>} Column */

/** @type {(connection: any, table: string, columnTypes: string, columns: ReadonlyArray<Column>) => Promise<void>} */
const append = async (connection, table, columnTypes, columns) => {
  const count = columns[0]?.length ?? 0
  if (count === 0) return
  const types = columnTypes.split(',').map((type) => (type.endsWith('TEXT') ? VARCHAR : INTEGER))
  const appender = await connection.createAppender(table)
  for (let from = 0; from < count; from += CHUNK) {
    const chunk = DuckDBDataChunk.create(types, Math.min(CHUNK, count - from))
    columns.forEach((column, place) => chunk.setColumnValues(place, column.slice(from, from + CHUNK)))
    appender.appendDataChunk(chunk)
  }
  appender.closeSync()
}

/** A text in its form; none for an empty one, which joins with nothing. */
const inForm = (/** @type {string} */ column) => `nullif(lower(trim(${column})), '') AS ${column}`

const QUERY = `
  WITH hits AS (
    SELECT place, l.id FROM t JOIN l11 l USING (shelf, sn, ik)
    UNION ALL SELECT place, l.id FROM t JOIN l12 l USING (shelf, sn)
    UNION ALL SELECT place, l.id FROM t JOIN l13 l USING (shelf, ik)
    UNION ALL SELECT place, l.id FROM t JOIN l21 l USING (shelf, name)
      WHERE t.org BETWEEN l.olo AND l.ohi AND t.loc BETWEEN l.llo AND l.lhi
    UNION ALL SELECT place, l.id FROM t JOIN l25 l USING (shelf, owner)
      WHERE t.org BETWEEN l.olo AND l.ohi AND t.loc BETWEEN l.llo AND l.lhi
    UNION ALL SELECT place, l.id FROM t JOIN l31 l USING (shelf, org) WHERE t.loc BETWEEN l.llo AND l.lhi
    UNION ALL SELECT place, l.id FROM t JOIN l33 l USING (shelf, loc)
    UNION ALL SELECT place, l.id FROM t LEFT JOIN l4 l USING (shelf)
  )
  SELECT place, min(id) AS id FROM hits GROUP BY place`

/** Where no other column follows, the least line of a key is all that can decide. */
const isPlain = (/** @type {string} */ columns) => columns.endsWith('| id INTEGER')

/** The tables that the snapshots are loaded into. */
const LOADED = {
  c: 'number INTEGER, name TEXT, owner TEXT, org INTEGER, loc INTEGER',
  i: 'place INTEGER, computer INTEGER, shelf INTEGER, sn TEXT, ik TEXT',
}

/** No text is nothing, which joins with nothing. */
const orNull = (/** @type {ReadonlyArray<string>} */ texts) => texts.map((text) => (text === '' ? null : text))

/** @type {(name: string, threads: number) => import('./facts.mjs').Peer} */
const duckdb = (name, threads) => ({
  name,
  package: '@duckdb/node-api',
  kind: 'database',
  sample: 200_000,
  prepare: async (catalog) => {
    const facts = factsOf(catalog)
    const relations = relationsOf(facts, catalog)
    const instance = await DuckDBInstance.create(':memory:', { threads: String(threads) })
    const connection = await instance.connect()
    for (const [table, given] of Object.entries(TABLES)) {
      const columns = given.replace(' |', ',')
      await connection.run(`CREATE TABLE ${table} (${columns})`)
      const rows = relations.rows[/** @type {keyof typeof TABLES} */ (table)]
      const values = (rows[0] ?? []).map((_, column) => rows.map((row) => row[column] ?? null))
      await append(connection, table, columns, values)
      if (!isPlain(given)) continue
      const [keys = ''] = given.split(' |')
      const by = keys.replaceAll(/ (INTEGER|TEXT)/g, '')
      await connection.run(`CREATE OR REPLACE TABLE ${table} AS SELECT ${by}, min(id) AS id FROM ${table} GROUP BY ALL`)
    }

    const loadAll = async (/** @type {ReadonlyArray<import('./facts.mjs').AuditSnapshot>} */ snapshots) => {
      const { answers, computers, installations } = columnsOf(relations, snapshots)
      const { name, owner, org, loc } = computers
      const { place, computer, shelf, sn, ik } = installations
      const numbers = name.map((_, number) => number)
      for (const [table, columns] of Object.entries(LOADED))
        await connection.run(`CREATE OR REPLACE TABLE ${table} (${columns})`)
      await append(connection, 'c', LOADED.c, [numbers, orNull(name), orNull(owner), org, loc])
      await append(connection, 'i', LOADED.i, [place, computer, shelf, orNull(sn), orNull(ik)])
      await connection.run(`CREATE OR REPLACE TABLE t AS
        SELECT place, shelf, org, loc, ${['sn', 'ik', 'name', 'owner'].map(inForm).join(', ')}
        FROM i JOIN c ON i.computer = c.number`)
      return answers
    }
    const ask = async (/** @type {Array<import('./facts.mjs').Answer>} */ answers) => {
      const [places, ids] = (await connection.runAndReadAll(QUERY)).getColumns()
      return fill(relations.lines, answers, places ?? [], ids ?? [])
    }
    return {
      decide: async (snapshots) => ask(await loadAll(snapshots)),
      warm: async (snapshots) => {
        const answers = await loadAll(snapshots)
        return () => ask(answers)
      },
      close: () => {
        connection.closeSync()
        instance.closeSync()
      },
    }
  },
})

/** @type {ReadonlyArray<import('./facts.mjs').Peer>} */
export const peers = [duckdb('DuckDB, one thread', 1), duckdb('DuckDB, two threads', 2)]
