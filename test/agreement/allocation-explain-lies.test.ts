/**
 * The checker of explanations can complain: lies of every kind are caught, however well the rest of the explanation fits, and so
 * is any change of any statement.
 */
import fc from 'fast-check'
import { Allocation, type Outline } from 'seatwise'
import { expect, test } from 'vitest'
import { lies, replaced } from '../generators/lies.js'
import { explainedWorld, explainPast } from '../generators/synchronization.js'
import { check } from '../model/explanation/check.js'
import type { Explanation } from '../model/explanation/claim.js'
import { checkOutline } from '../model/explanation/outline.js'

// -------------------------------------------------------------------------------------
// lies that somebody would tell
// -------------------------------------------------------------------------------------

const isAlike = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/** So often each lie is told. */
const TOLD = 5

test('every lie is caught', () => {
  const told = new Map(Object.keys(lies).map((name) => [name, 0]))
  for (const given of fc.sample(explainedWorld, { numRuns: 400, seed: 20_260_515 })) {
    const open = Object.entries(lies).filter(([name]) => told.get(name)! < TOLD)
    if (open.length === 0) break
    const explanations = explainPast(given)
    for (const [name, liar] of open)
      for (const [place, explanation] of explanations.entries()) {
        const lied = liar(explanation, given) as Explanation | undefined
        if (lied === undefined || isAlike(lied, explanation)) continue
        const complaints = check(given, replaced(explanations, place, lied))
        if (complaints.length === 0) throw new Error(`${name}: ${JSON.stringify({ given, lied, explanation })}`)
        told.set(name, told.get(name)! + 1)
        break
      }
  }
  expect([...told].filter(([, times]) => times < TOLD)).toEqual([])
})

test('an explanation that is missing or told twice is missed', () => {
  fc.assert(
    fc.property(explainedWorld, fc.nat(), (given, pick) => {
      const explanations = explainPast(given)
      fc.pre(explanations.length > 0)
      const place = pick % explanations.length
      expect(check(given, replaced(explanations, place))).not.toEqual([])
      expect(check(given, [...explanations, explanations[place]!])).not.toEqual([])
    }),
    { numRuns: 20 },
  )
})

// -------------------------------------------------------------------------------------
// any change of any statement
// -------------------------------------------------------------------------------------

type Change = { readonly where: string; readonly made: unknown }

/** The fields that an explanation may be without. */
const OPTIONAL =
  /(^\.(software|deciding)|\.(failed|full)|^\.decision\.(license|rule|tied|violations|warnings|reason)|^\.covering\[\d+\]\.(name|installation)|\.seats\[\d+\]\.(rule|installation)|\.(sections|entries|lines|clause|mark))$/

/** Every way to change one thing in a value: a leaf, an entry that is missing, twice or elsewhere, a field that is missing. */
const changesOf = (value: unknown, where: string): ReadonlyArray<Change> => {
  if (typeof value === 'string') return [{ where, made: `${value}?` }]
  if (typeof value === 'number') return [{ where, made: value + 1 }]
  if (typeof value === 'boolean') return [{ where, made: !value }]
  if (Array.isArray(value)) {
    const entries: ReadonlyArray<unknown> = value
    return entries.flatMap((entry, place) => {
      const at = `${where}[${String(place)}]`
      const next = entries[place + 1]
      // The conditions of a rule hold together: the table, and not the order, says which they are.
      const isInOrder = !where.endsWith('.conditions') && next !== undefined && !isAlike(next, entry)
      return [
        ...changesOf(entry, at).map((change) => ({ ...change, made: replaced(entries, place, change.made) })),
        { where: `${at} missing`, made: replaced(entries, place) },
        { where: `${at} twice`, made: replaced(entries, place, entry, entry) },
        ...(!isInOrder
          ? []
          : [{ where: `${at} later`, made: replaced(replaced(entries, place, next), place + 1, entry) }]),
      ]
    })
  }
  const fields = Object.entries(value as object)
  return fields.flatMap(([field, held]) => [
    ...changesOf(held, `${where}.${field}`).map(({ where: at, made }) => ({
      where: at,
      made: { ...(value as object), [field]: made },
    })),
    ...(OPTIONAL.test(`${where}.${field}`)
      ? [{ where: `${where}.${field} missing`, made: Object.fromEntries(fields.filter(([other]) => other !== field)) }]
      : []),
  ])
}

test('any change of a code, a clause or a mark of an outline is caught, and any line that is missing, twice or elsewhere', () => {
  fc.assert(
    fc.property(explainedWorld, fc.array(fc.nat(), { minLength: 8, maxLength: 8 }), (given, picks) => {
      for (const explanation of explainPast(given).slice(0, 2)) {
        // The words are for people: what they have to show is checked, and no more.
        const changes = changesOf(Allocation.outline(explanation), '').filter(({ where }) => !where.endsWith('.text'))
        for (const pick of picks) {
          const { where, made } = changes[pick % changes.length]!
          const complaints = checkOutline(explanation, made as Outline.Outline)
          expect([where, complaints.length > 0]).toEqual([where, true])
        }
      }
    }),
    { numRuns: 100 },
  )
})

test('any change of any statement is caught', () => {
  fc.assert(
    fc.property(explainedWorld, fc.array(fc.nat(), { minLength: 8, maxLength: 8 }), fc.nat(), (given, picks, pick) => {
      const explanations = explainPast(given)
      fc.pre(explanations.length > 0)
      const place = pick % explanations.length
      const changes = changesOf(explanations[place]!, '')
      for (const each of picks) {
        const { where, made } = changes[each % changes.length]!
        const complaints = check(given, replaced(explanations, place, made as Explanation))
        expect([where, complaints.length > 0]).toEqual([where, true])
      }
    }),
    { numRuns: 100 },
  )
})
