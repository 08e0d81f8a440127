/**
 * Law 6 of criteria (src/rule/Criterion.ts), of the two that know what their keys entail: organization and location.
 */
import { either as E, option as O } from 'fp-ts'
import fc from 'fast-check'
import { Allocation } from 'seatwise'
import { expect, test } from 'vitest'
import { decode } from '../generators/decide.js'
import { randomWorld } from '../generators/world.js'

test('law 6 of criteria: whoever shows a key shows all that it entails, and nobody shows what has no entailment', () => {
  let entailed = 0
  fc.assert(
    fc.property(randomWorld({ units: 8, licenses: 6, computers: 4 }), (world) => {
      const { catalog, snapshots } = decode(world)
      const held: Array<Allocation.LicenseCriterion> = []
      const compiled = Allocation.compile({
        rules: ({ organization, location }, book) => {
          held.push(organization, location)
          return book
        },
      })(catalog)
      expect(E.isRight(compiled)).toBe(true)
      const subjects = [
        ...snapshots,
        // At every unit there is.
        ...[...(catalog.organizations ?? []), ...(catalog.locations ?? [])].flatMap(({ id }) =>
          snapshots.slice(0, 1).map((snapshot) => ({ ...snapshot, organization: id, location: id })),
        ),
      ].flatMap((snapshot) => (snapshot.installations ?? []).map((installation) => ({ snapshot, installation })))
      for (const { shows, requires, entails } of held)
        for (const license of catalog.licenses)
          for (const key of O.getOrElse((): ReadonlyArray<string> => [])(requires(license))) {
            const others = entails?.(key)
            entailed += others?.length ?? 0
            for (const shown of subjects.map(shows))
              if (shown.includes(key)) {
                expect(others).toBeDefined()
                expect(shown).toEqual(expect.arrayContaining([...(others ?? [])]))
              }
          }
    }),
    { numRuns: 200 },
  )
  expect(entailed).toBeGreaterThan(20)
})
