/**
 * One text for each JSON value, whoever writes it (RFC 8785): the fields of an object by the UTF-16 code units of their
 * names, numbers and texts as ECMAScript writes them, no white space.
 *
 * Laws:
 *
 * 1. Round trip: `JSON.parse(write(json))` is `json`, where minus zero is zero
 * 2. Fixpoint: `write(JSON.parse(write(json)))` is `write(json)`
 * 3. Irrelevance: the order of fields means nothing, that of a list does
 * 4. Well-formed: no lone surrogate is written; RFC 8785 has none, and where a text has one, it is escaped
 */
/** A JSON value. Its numbers are finite. */
export type Json = null | boolean | number | string | ReadonlyArray<Json> | JsonObject

/** A JSON object. A field that is undefined is not there. */
export interface JsonObject {
  readonly [field: string]: Json | undefined
}

export const isList = (json: Json): json is ReadonlyArray<Json> => Array.isArray(json)

export const isObject = (json: Json): json is JsonObject =>
  typeof json === 'object' && json !== null && !Array.isArray(json)

/** Writes a value. */
export const write = (json: Json): string => {
  if (typeof json === 'string') return JSON.stringify(json)
  if (isList(json)) return `[${json.map(write).join()}]`
  if (!isObject(json)) return JSON.stringify(json)
  let text = ''
  // INVARIANT: without a comparison, texts are sorted by their code units.
  for (const field of Object.keys(json).sort()) {
    const held = json[field]
    if (held !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(field)}:${write(held)}`
  }
  return `{${text}}`
}
