/**
 * Group C of the properties: what the spelling of names and texts may change in the decisions.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { form, isBlank } from '../model/allocation.js'
import { mapLicenses, mapTexts, sideBySide, withoutDuplicates, withPolicy } from '../generators/change.js'
import { decide, decideWith, READERS } from '../generators/decide.js'
import { world } from '../generators/target.js'
import { foldedSpellings, key, LICENSE_NAMES } from '../generators/vocabulary.js'
import type { World } from '../generators/world.js'

test('renaming licenses never changes the rule, only the winner among those that matched at it (C7)', () => {
  const names = fc.array(fc.constantFrom(...LICENSE_NAMES, 'zz', '!'), { minLength: 12, maxLength: 12 })
  fc.assert(
    fc.property(world, names, (given, renamed) => {
      const nameOf = new Map(
        [...new Set(given.catalog.licenses.map(({ id }) => id))].map((id, n) => [id, renamed[n % renamed.length]!]),
      )
      const after = decide(mapLicenses(given, (license) => ({ ...license, name: nameOf.get(license.id)! })))
      for (const [before, now] of sideBySide(decide(given), after)) {
        expect([now.outcome, now.rule, now.warnings]).toEqual([before.outcome, before.rule, before.warnings])
        expect(new Set([now.license, ...(now.tied ?? [])])).toEqual(new Set([before.license, ...(before.tied ?? [])]))
      }
    }),
    { numRuns: 200 },
  )
})

test('case and white space around texts change nothing, unless texts are compared exactly (C17)', () => {
  fc.assert(
    fc.property(world, fc.infiniteStream(fc.nat({ max: 6 })), (given, choices) => {
      const lenient = withPolicy(withoutDuplicates(given), { text: 'case-insensitive' })
      const respelled = mapTexts(lenient, (text, kind, units) => {
        const spelling = foldedSpellings(text)[choices.next().value]!
        // A reference that is an id, or becomes one, means something else.
        const isId = units.some(({ id }) => id === text || id === spelling)
        return kind === 'unit reference' && isId ? text : spelling
      })
      expect(decide(respelled)).toEqual(decide(lenient))
    }),
    { numRuns: 250 },
  )
})

/** One license and one installation that can only meet in a text of the given kind. */
const meeting = {
  'serial numbers': (a: string, b: string) => [{ serialNumber: a }, {}, { serialNumber: b }] as const,
  'installation keys': (a: string, b: string) => [{ installationKey: a }, {}, { installationKey: b }] as const,
  'device names': (a: string, b: string) => [{ restrictions: { devices: [a] } }, { name: b }, {}] as const,
  owners: (a: string, b: string) => [{ restrictions: { owners: [a] } }, { owner: b }, {}] as const,
  'unit names': (a: string, b: string) =>
    [{ restrictions: { organization: { unit: 'u' } } }, { organization: b, unit: a }, {}] as const,
}

test.each(Object.entries(meeting))(
  '%s meet when their forms are equal, and exactly then (C17, ALLOC-71)',
  (_, parts) => {
    const text = fc.oneof(key, fc.constantFrom('ΑΣ', 'ας', 'ß', 'ss', 'İ', 'i', '-1', 'a-1.', ' A-1\u0000'))
    fc.assert(
      fc.property(text, text, fc.constantFrom('exact' as const, 'case-insensitive' as const), (a, b, mode) => {
        const [license, computer, installation] = parts(a, b)
        const {
          name = 'PC',
          owner,
          organization,
          unit = 'Unit',
        } = computer as Partial<Record<'name' | 'owner' | 'organization' | 'unit', string>>
        const given: World = {
          catalog: {
            organizations: [{ id: 'u', name: unit }],
            software: [{ id: 's', name: 'S', products: ['p'] }],
            licenses: [{ id: 'l', name: 'L', software: 's', ...license }],
          },
          snapshots: [
            {
              computer: { id: 'c', name },
              owner,
              organization,
              installations: [{ id: 'i', product: 'p', ...installation }],
            },
          ],
          policy: { text: mode },
        }
        const meets = form(a, mode) === form(b, mode)
        for (const reader of READERS)
          expect(decideWith(reader)(given)[0]?.outcome).toBe(meets ? 'allocated' : 'unreconciled')
      }),
      { numRuns: 200 },
    )
  },
)

test('one blank is as good as another: missing, empty or white space (C6)', () => {
  // A restriction without a unit is not a blank: it is always violated (ALLOC-45).
  const blanks = ['', ' ', '\t\u00a0', '\ufeff\u3000']
  fc.assert(
    fc.property(world, fc.constantFrom(...blanks), (given, blank) => {
      const blanked = mapTexts(given, (text) => (isBlank(text) ? blank : text))
      expect(decide(blanked)).toEqual(decide(given))
      const filled: World = {
        ...given,
        catalog: {
          ...given.catalog,
          licenses: given.catalog.licenses.map((license) => ({
            ...license,
            serialNumber: license.serialNumber ?? blank,
            installationKey: license.installationKey ?? blank,
            restrictions: {
              ...license.restrictions,
              devices: [...(license.restrictions?.devices ?? []), blank],
              owners: [blank, ...(license.restrictions?.owners ?? [])],
            },
          })),
        },
        snapshots: given.snapshots.map((snapshot) => ({
          ...snapshot,
          owner: snapshot.owner ?? blank,
          organization: snapshot.organization ?? blank,
          location: snapshot.location ?? blank,
          ...(snapshot.installations === undefined
            ? {}
            : {
                installations: snapshot.installations.map((installation) => ({
                  ...installation,
                  serialNumber: installation.serialNumber ?? blank,
                  installationKey: installation.installationKey ?? blank,
                })),
              }),
        })),
      }
      expect(decide(filled)).toEqual(decide(given))
    }),
    { numRuns: 200 },
  )
})
