/**
 * Trees of units, and references into them. A tree is a list of parents by position, each before its children, so that
 * it is acyclic by construction and shrinks to fewer and flatter units.
 */
import fc from 'fast-check'
import type { WireUnit } from '../model/allocation.js'
import { blank, foldedSpellings, UNIT_IDS, UNIT_NAMES } from './vocabulary.js'

/** A reference is a plan until there is a tree that it can refer into. */
export type Reference = (units: ReadonlyArray<WireUnit>) => string

export const MOST_UNITS = 8

export const tree = (most: number = MOST_UNITS): fc.Arbitrary<ReadonlyArray<WireUnit>> =>
  fc
    .record({
      units: fc.array(
        fc.record({
          name: fc.oneof(
            { weight: 5, arbitrary: fc.constantFrom(...UNIT_NAMES) },
            { weight: 1, arbitrary: fc.constantFrom(...UNIT_NAMES.flatMap(foldedSpellings)) },
          ),
          parent: fc.nat({ max: MOST_UNITS - 1 }),
        }),
        { maxLength: most },
      ),
      rotation: fc.nat({ max: UNIT_IDS.length - 1 }),
      childrenFirst: fc.boolean(),
    })
    .map(({ units, rotation, childrenFirst }) => {
      const idAt = (position: number): string => UNIT_IDS[(position + rotation) % UNIT_IDS.length]!
      const made = units.map(({ name, parent }, position): WireUnit => {
        // One of the units before it, or none: then it is a root.
        const above = parent % (position + 1)
        return { id: idAt(position), name, ...(above === position ? {} : { parent: idAt(above) }) }
      })
      return childrenFirst ? made.reverse() : made
    })

/** The names from the root down to a unit. */
export const pathOf = (units: ReadonlyArray<WireUnit>, unit: WireUnit): ReadonlyArray<string> => {
  const above = units.find(({ id }) => id === unit.parent)
  return above === undefined ? [unit.name] : [...pathOf(units, above), unit.name]
}

const written = (units: ReadonlyArray<WireUnit>, unit: WireUnit, how: string): string => {
  switch (how) {
    case 'id':
      return unit.id
    case 'name':
      return unit.name
    case 'backslashes':
      return pathOf(units, unit).join('\\')
    default:
      return pathOf(units, unit).join('/')
  }
}

/** A reference to one of the units, by its id, its name or its path, in some spelling; or to none at all. */
export const reference: fc.Arbitrary<Reference> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .record({
        pick: fc.nat({ max: MOST_UNITS - 1 }),
        how: fc.constantFrom('id', 'name', 'name', 'name', 'slashes', 'backslashes'),
        spelling: fc.oneof(
          { weight: 3, arbitrary: fc.constant(0) },
          { weight: 1, arbitrary: fc.nat({ max: foldedSpellings('').length - 1 }) },
        ),
      })
      .map(({ pick, how, spelling }): Reference => (units) => {
        const unit = units[pick % Math.max(1, units.length)]
        return unit === undefined ? 'Nowhere' : foldedSpellings(written(units, unit, how))[spelling]!
      }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('Nowhere', 'acme/', '/', 'R/D/D').map(
      (text): Reference =>
        () =>
          text,
    ),
  },
  {
    weight: 1,
    arbitrary: blank.map(
      (text): Reference =>
        () =>
          text,
    ),
  },
)
