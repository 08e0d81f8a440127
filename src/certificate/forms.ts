/**
 * One form of all records that mean the same: as they go over the wire, unknown fields left out, and what is absent or
 * empty with them; lists as the sets that they are (ALLOC-68, FORMAT).
 *
 * Laws:
 *
 * 1. The order of records, of what they list and of their fields means nothing, and an exact duplicate of a record neither
 * 2. Whatever else differs has another form
 */
import { E, type RNEA } from '../prelude.js'
import type { Rejection } from '../record/Rejection.js'
import { showPath } from '../record/Rejection.js'
import type { Shape } from '../record/Shape.js'
import { isList, isObject, write, type Json } from '../value/CanonicalJson.js'
import * as Text from '../value/Text.js'
import type { Texts } from './seal.js'

/**
 * What was written, or all that cannot be.
 *
 * @since 0.1.0
 */
export type Written<A> = E.Either<RNEA.ReadonlyNonEmptyArray<Rejection>, A>

// -------------------------------------------------------------------------------------
// lists as sets
// -------------------------------------------------------------------------------------

interface Entry {
  readonly json: Json
  readonly id: string
}

const textOf = (json: Json): string => (typeof json === 'string' ? json : write(json))

const byId = (a: Entry, b: Entry): number => Text.compare(a.id, b.id) || Text.compare(textOf(a.json), textOf(b.json))

/** What tells the entries of a list apart: the id that they have, or all that they say. */
const idOf = (json: Json): string => (isObject(json) && typeof json['id'] === 'string' ? json['id'] : textOf(json))

const entriesOf = (list: ReadonlyArray<Json>): ReadonlyArray<Entry> =>
  list.map((json) => ({ json, id: idOf(json) })).sort(byId)

const jsonOf = ({ json }: Entry): Json => json

/** Of entries in order, those that do not say the same as the one before. */
const once = (entries: ReadonlyArray<Entry>): ReadonlyArray<Entry> =>
  entries.filter((entry, position) => {
    const before = entries[position - 1]
    return before === undefined || byId(before, entry) !== 0
  })

// -------------------------------------------------------------------------------------
// records
// -------------------------------------------------------------------------------------

/** Fields that say something where they are empty: "nothing installed" is not "not reported" (ALLOC-84). */
const TELLING: ReadonlySet<string> = new Set(['installations', 'products', 'conditions'])

const isEmpty = (json: Json): boolean =>
  isList(json) ? json.length === 0 : isObject(json) && Object.keys(json).length === 0

/** Are lists sets, or is their order a part of what they say? */
type Lists = 'sets' | 'as-written'

/** The form of a record as a shape wrote it. */
const form = (json: Json, lists: Lists): Json => {
  if (typeof json === 'string') return json
  if (isList(json)) {
    const formed = json.map((entry) => form(entry, lists))
    return lists === 'sets' ? entriesOf(formed).map(jsonOf) : formed
  }
  if (!isObject(json)) return json
  const fields: Array<readonly [string, Json]> = []
  for (const field of Object.keys(json)) {
    const held = json[field]
    if (held === undefined) continue
    const formed = form(held, lists)
    if (isEmpty(formed) && !TELLING.has(field)) continue
    fields.push([field, field === 'installations' && isList(formed) ? once(entriesOf(formed)).map(jsonOf) : formed])
  }
  return Object.fromEntries(fields)
}

/** A record that no decoder made. */
const unwritable = (collection: string, path: ReadonlyArray<string | number>): Rejection => ({
  code: 'type',
  severity: 'error',
  path: showPath(path),
  collection,
  hint: 'pass records as their decoders give them',
})

// INVARIANT: a shape writes plain JSON.
const wire = <A>(shape: Shape<A>, record: A): Json => shape.write(record) as Json

/** How records of a collection are written. */
export interface Collection<A> {
  readonly name: string
  readonly shape: Shape<A>
  readonly lists?: Lists
  readonly id?: (record: A) => string
}

/** The form of a collection: each record once, by ids. */
export const formsOf = <A>(
  { name, shape, lists = 'sets', id }: Collection<A>,
  records: ReadonlyArray<A> = [],
): Written<ReadonlyArray<Json>> => {
  const [fault, ...faults] = records.flatMap((record, index) =>
    shape.is(record) ? [] : [unwritable(name, [name, index])],
  )
  if (fault !== undefined) return E.left([fault, ...faults])
  const entries = records.map((record): Entry => {
    const json = form(wire(shape, record), lists)
    return { json, id: id === undefined ? idOf(json) : id(record) }
  })
  return E.right(once(entries.sort(byId)).map(jsonOf))
}

/** The form of a single record. */
export const formOf = <A>(name: string, shape: Shape<A>, record: A): Written<Json> =>
  shape.is(record) ? E.right(form(wire(shape, record), 'sets')) : E.left([unwritable(name, [name])])

/** All of them, or all that cannot be written of any. */
export const together = <Fields extends Readonly<Record<string, Json>>>(given: {
  readonly [Field in keyof Fields]: Written<Fields[Field]>
}): Written<Fields> => {
  const made: Array<readonly [string, Json]> = []
  const rejections: Array<Rejection> = []
  for (const [field, written] of Object.entries<Written<Json>>(given))
    if (E.isRight(written)) made.push([field, written.right])
    else for (const rejection of written.left) rejections.push(rejection)
  const [first, ...others] = rejections
  return first === undefined ? E.right(Object.fromEntries(made) as Fields) : E.left([first, ...others])
}

/** The parts of a certificate, before they are texts. */
export interface Parts {
  readonly ruleBook: Written<string>
  readonly records: Written<Json>
  readonly policy: Written<Json>
  readonly decisions: Written<Json>
  readonly changes: Written<Json>
}

/** Writes the parts of a certificate of a format. */
export const textsOf = (format: string, given: Parts): Written<Texts> =>
  E.map(({ ruleBook, records, policy, decisions, changes }: { readonly [Part in keyof Parts]: Json }): Texts => ({
    format,
    ruleBook: textOf(ruleBook),
    records: write(records),
    policy: write(policy),
    decisions: write(decisions),
    changes: write(changes),
  }))(together({ ...given }))
