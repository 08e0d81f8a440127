/**
 * Groups C and D of the properties: what the policies and the flag for sub-units may change in the decisions.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { casesOf, indexOf } from '../generators/cases.js'
import { filterLicenses, mapLicenses, sideBySide, withPolicy } from '../generators/change.js'
import { decide } from '../generators/decide.js'
import { world, worldAndLicense } from '../generators/target.js'
import type { World } from '../generators/world.js'

test('strict: no decision of groups 2 and 3 has a violation (C14, invariant 5)', () => {
  fc.assert(
    fc.property(world, (given) => {
      for (const { rule, violations } of decide(withPolicy(given, { restrictions: 'strict' })))
        if (rule?.startsWith('2.') === true || rule?.startsWith('3.') === true) expect(violations).toBeUndefined()
    }),
    { numRuns: 250 },
  )
})

test('honor-restrictions: no decision of group 1 or of rule 4 has a violation (invariant 5)', () => {
  fc.assert(
    fc.property(world, (given) => {
      const honored = withPolicy(given, { keyMatches: 'honor-restrictions', mainLicense: 'honor-restrictions' })
      for (const { rule, violations } of decide(honored))
        if (rule?.startsWith('1.') === true || rule === '4') expect(violations).toBeUndefined()
    }),
    { numRuns: 250 },
  )
})

test('strict and as-documented agree wherever no candidate has a violated restriction (C14, invariant 6)', () => {
  fc.assert(
    fc.property(world, (given) => {
      const violated = new Set(
        casesOf(given, decide(given)).flatMap(({ candidates }) =>
          candidates.filter(({ violations }) => violations.length > 0).map(({ license }) => license.id),
        ),
      )
      const met = filterLicenses(given, ({ id }) => !violated.has(id))
      expect(decide(withPolicy(met, { restrictions: 'strict' }))).toEqual(
        decide(withPolicy(met, { restrictions: 'as-documented' })),
      )
    }),
    { numRuns: 250 },
  )
})

test('to honor restrictions can only take matches away from keys and main licenses (C15)', () => {
  fc.assert(
    fc.property(
      worldAndLicense,
      fc.constantFrom('keyMatches' as const, 'mainLicense' as const),
      ({ given, license }, option) => {
        // A license alone, so that what it matches shows.
        const alone = filterLicenses(given, ({ id }) => id === license.id)
        const ignoring = decide(withPolicy(alone, { [option]: 'ignore-restrictions' }))
        const honoring = decide(withPolicy(alone, { [option]: 'honor-restrictions' }))
        const isHonored = (rule: string | undefined): boolean =>
          option === 'keyMatches' ? rule?.startsWith('1.') === true : rule === '4'
        for (const [before, after] of sideBySide(ignoring, honoring)) {
          if (isHonored(after.rule)) expect(after).toEqual(before)
          if (!isHonored(before.rule)) expect(after).toEqual(before)
          if (before.rule !== undefined && after.rule !== undefined)
            expect(indexOf(after.rule)).toBeGreaterThanOrEqual(indexOf(before.rule))
        }
      },
    ),
    { numRuns: 250 },
  )
})

test('to include sub-units never makes a matching test fail (D6, invariant 8)', () => {
  fc.assert(
    fc.property(worldAndLicense, ({ given, license }) => {
      const including = (includeSubunits: boolean): World =>
        mapLicenses(
          filterLicenses(given, ({ id }) => id === license.id),
          ({ restrictions, ...rest }) => ({
            ...rest,
            restrictions: {
              ...restrictions,
              organization: restrictions?.organization && { ...restrictions.organization, includeSubunits },
              location: restrictions?.location && { ...restrictions.location, includeSubunits },
            },
          }),
        )
      for (const [before, after] of sideBySide(decide(including(false)), decide(including(true)))) {
        if (before.rule !== undefined) expect(indexOf(after.rule)).toBeLessThanOrEqual(indexOf(before.rule))
        if (before.license !== undefined)
          expect(before.violations ?? []).toEqual(expect.arrayContaining([...(after.violations ?? [])]))
      }
    }),
    { numRuns: 300 },
  )
})
