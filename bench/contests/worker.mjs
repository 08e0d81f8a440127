// @ts-check
/**
 * What a worker does: compiles the catalog once, then reads sections of a file of NDJSON, decides what is in them and gives
 * back a number for each installation.
 */
import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import { catalogOf, codeIn, compile, parseOne } from '../library.mjs'
import { load } from '../packages.mjs'
import { STRICT } from './estate.mjs'

const { Tinypool } = await load('tinypool')

/** @typedef {{ catalog: string, file: string, from: number, to: number }} Task */

const compiled = (/** @type {string} */ file) => {
  const catalog = catalogOf(JSON.parse(readFileSync(file, 'utf8')))
  return { file, decide: compile(catalog, STRICT), codeOf: codeIn(catalog) }
}
/** @type {ReturnType<typeof compiled> | undefined} */
let ready

const LINE_FEED = 10

/** @type {(task: Task) => Int32Array} */
export const decideSection = ({ catalog, file, from, to }) => {
  if (ready?.file !== catalog) ready = compiled(catalog)
  const { decide, codeOf } = ready
  const bytes = Buffer.allocUnsafe(to - from)
  const descriptor = openSync(file, 'r')
  readSync(descriptor, bytes, 0, bytes.length, from)
  closeSync(descriptor)
  /** @type {Array<number>} */
  const codes = []
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf(LINE_FEED, start)
    for (const decision of decide(parseOne(bytes.toString('utf8', start, end)))) codes.push(codeOf(decision))
    start = end + 1
  }
  return Int32Array.from(codes)
}

export default (/** @type {Task} */ task) => Tinypool.move(decideSection(task))
