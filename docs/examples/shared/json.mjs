// @ts-check
/**
 * Results as JSON: one record a line, so that two runs can be compared with `diff` and searched with `grep`.
 */

/** What a terminal may take for a command or a change of direction, and JSON leaves as it is. */
const UNPRINTABLE = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g

export const json = (/** @type {unknown} */ value) =>
  JSON.stringify(value).replace(UNPRINTABLE, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** @type {(lines: ReadonlyArray<string>, margin?: string) => string} */
export const listOf = (lines, margin = '  ') =>
  lines.length === 0 ? '[]' : `[\n${margin}  ${lines.join(`,\n${margin}  `)}\n${margin}]`

/** @type {(records: ReadonlyArray<unknown>, margin?: string) => string} */
export const list = (records, margin) => listOf(records.map(json), margin)

/** An object, of whose fields the values are JSON already; a field that is undefined is left out. */
export const object = (/** @type {Readonly<Record<string, string | undefined>>} */ fields, margin = '') => {
  const lines = Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : [`${margin}  "${name}": ${value}`],
  )
  return `{\n${lines.join(',\n')}\n${margin}}`
}
