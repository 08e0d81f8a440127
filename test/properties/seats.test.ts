/**
 * Group E of the properties: entitlements, who takes them, and what compliance says of it.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { casesOf, indexOf } from '../generators/cases.js'
import { choiceOf, sideBySide } from '../generators/change.js'
import { shuffleLists } from '../generators/random.js'
import {
  complianceOf,
  crowdedWorld,
  denseWorld,
  GONE,
  pastWorld,
  synchronize,
  withOptions,
  type PastWorld,
  type Synchronized,
} from '../generators/synchronization.js'
import { present } from '../generators/world.js'
import type { WireLicense } from '../model/allocation.js'
import { isRetired } from '../model/synchronization.js'

// -------------------------------------------------------------------------------------
// counting
// -------------------------------------------------------------------------------------

const once = <A extends { readonly id: string }>(records: ReadonlyArray<A>): ReadonlyArray<A> =>
  records.filter((record, position) => records.findIndex(({ id }) => id === record.id) === position)

const upgradesOf = ({ catalog }: PastWorld, original: WireLicense): ReadonlyArray<WireLicense> =>
  once(catalog.licenses).filter(
    (each) => each.upgradeFor === original.id && each.id !== original.id && !isRetired(catalog, each),
  )

const isLimited = ({ entitlements, metric }: WireLicense): boolean => entitlements !== undefined && metric !== 'none'

const rowOf = (each: PastWorld, license: WireLicense) =>
  complianceOf(each).licenses.find((row) => row.license === license.id)!

const seatsOf = ({ ledger }: Synchronized, license: WireLicense) =>
  ledger.find((row) => row.license === license.id)?.seats ?? []

/** The distinct computers, not given as retired, that hold an allocation of a license. */
const holdersOf = ({ snapshots, allocations }: PastWorld, license: WireLicense): ReadonlySet<string> => {
  const retired = snapshots.filter(({ computer }) => computer.retired === true).map(({ computer }) => computer.id)
  const holders = allocations.filter((each) => each.license === license.id).map(({ computer }) => computer)
  return new Set(holders.filter((computer) => !retired.includes(computer)))
}

const after = (each: PastWorld, { next }: Synchronized): PastWorld => ({ ...each, allocations: next })

const enforced = (each: PastWorld): PastWorld => withOptions(each, { capacity: 'enforced' })

const unlimited = (each: PastWorld): PastWorld => withOptions(each, { capacity: 'unlimited' })

/** A world of which all that was ever allocated of a license is forgotten. */
const unused = (each: PastWorld, { id }: WireLicense): PastWorld => ({
  ...each,
  allocations: each.allocations.filter(({ license }) => license !== id),
  rejectedLicenses: [],
})

const worldAndLicense = (worlds: fc.Arbitrary<PastWorld>) =>
  fc
    .record({ each: worlds, pick: fc.nat({ max: 11 }) })
    .filter(({ each }) => each.catalog.licenses.length > 0)
    .map(({ each, pick }) => ({ each, license: each.catalog.licenses[pick % each.catalog.licenses.length]! }))

const mapLicense = (
  each: PastWorld,
  license: WireLicense,
  change: (license: WireLicense) => ReadonlyArray<WireLicense>,
): PastWorld => ({
  ...each,
  catalog: {
    ...each.catalog,
    licenses: each.catalog.licenses.flatMap((one) => (one.id === license.id ? change(one) : [one])),
  },
})

// -------------------------------------------------------------------------------------
// limits
// -------------------------------------------------------------------------------------

test('a license that was within its entitlements stays within them, unless it has upgrades (E1, invariant 10)', () => {
  fc.assert(
    fc.property(pastWorld.map(enforced), (each) => {
      const then = after(each, synchronize(each))
      for (const license of each.catalog.licenses)
        if (isLimited(license) && upgradesOf(each, license).length === 0 && !isRetired(each.catalog, license)) {
          const allowed = license.entitlements!
          if (holdersOf(each, license).size <= allowed)
            expect(holdersOf(then, license).size).toBeLessThanOrEqual(allowed)
        }
    }),
    { numRuns: 100 },
  )
})

test('a license that has no entitlement left gets no new user (ALLOC-73)', () => {
  fc.assert(
    fc.property(fc.oneof(pastWorld, crowdedWorld).map(enforced), (each) => {
      const outcome = synchronize(each)
      for (const license of each.catalog.licenses.filter(isLimited)) {
        const seats = seatsOf(outcome, license)
        if (!seats.some(({ rule }) => rule !== undefined)) continue
        // Users of upgrades may come after the last user of the license itself; those that were there came before.
        const ofUpgrades = upgradesOf(each, license)
          .flatMap((upgrade) => seatsOf(outcome, upgrade))
          .filter(({ rule }) => rule === undefined)
        expect(seats.length + ofUpgrades.length).toBeLessThanOrEqual(license.entitlements!)
      }
    }),
    { numRuns: 100 },
  )
})

test('by default entitlements limit nothing, and what goes beyond them is told (E2, ALLOC-54)', () => {
  fc.assert(
    fc.property(pastWorld.map(unlimited), (each) => {
      const outcome = synchronize(each)
      const free = { ...each, catalog: { ...each.catalog, licenses: each.catalog.licenses.map(withoutEntitlements) } }
      expect(synchronize(free)).toEqual(outcome)
      for (const license of each.catalog.licenses) {
        const { used, available, position, compliant } = rowOf(after(each, outcome), license)
        if (!isLimited(license) || isRetired(each.catalog, license)) continue
        if (used <= license.entitlements!) continue
        expect(available).toBeLessThanOrEqual(license.entitlements! - used)
        expect([position, compliant]).toEqual(['under-licensed', false])
      }
    }),
    { numRuns: 80 },
  )
})

const withoutEntitlements = (license: WireLicense): WireLicense => present({ ...license, entitlements: undefined })

test('an installation waits only where every license that matches it is full for its computer (E4)', () => {
  fc.assert(
    fc.property(fc.oneof(pastWorld, crowdedWorld).map(enforced), (each) => {
      const outcome = synchronize(each)
      const waiting = outcome.decisions.filter(({ outcome: kind }) => kind === 'unreconciled')
      for (const { decision, candidates } of casesOf(each, waiting))
        for (const { license, matches } of candidates) {
          if (matches.length === 0) continue
          const users = seatsOf(outcome, license).map(({ computer }) => computer)
          const ofUpgrades = upgradesOf(each, license).flatMap((upgrade) => seatsOf(outcome, upgrade)).length
          expect(isLimited(license)).toBe(true)
          expect(users).not.toContain(decision.computer)
          expect(users.length + ofUpgrades).toBeGreaterThanOrEqual(license.entitlements!)
        }
    }),
    { numRuns: 120 },
  )
})

test('a license with no entitlements that nobody has is not there, as far as allocation goes (E7)', () => {
  fc.assert(
    fc.property(worldAndLicense(fc.oneof(denseWorld, pastWorld)), ({ each, license }) => {
      fc.pre(license.metric !== 'none')
      const given = withOptions(unused(enforced(each), license), { severalMains: 'first-by-name' })
      const none = synchronize(mapLicense(given, license, (one) => [{ ...one, entitlements: 0 }]))
      const absent = synchronize(mapLicense(given, license, () => []))
      const choices = ({ decisions }: Synchronized) => decisions.map((one) => [choiceOf(one), one.tied])
      expect(choices(none)).toEqual(choices(absent))
      expect([none.released, none.added, none.next]).toEqual([absent.released, absent.added, absent.next])
    }),
    { numRuns: 100 },
  )
})

test('with entitlements for everybody, to enforce them changes nothing (E8)', () => {
  fc.assert(
    fc.property(fc.oneof(crowdedWorld, pastWorld), (each) => {
      const computers = new Set([
        ...each.snapshots.map(({ computer }) => computer.id),
        ...each.allocations.map(({ computer }) => computer),
      ]).size
      const plenty = each.catalog.licenses.map((license) => ({
        ...license,
        entitlements: computers * (1 + upgradesOf(each, license).length),
      }))
      const given = { ...each, catalog: { ...each.catalog, licenses: plenty } }
      const [strict, free] = [synchronize(enforced(given)), synchronize(unlimited(given))]
      expect({ ...strict, ledger: [] }).toEqual({ ...free, ledger: [] })
    }),
    { numRuns: 80 },
  )
})

test('a license in two parts serves the same installations, by the same rules (E9)', () => {
  fc.assert(
    fc.property(
      worldAndLicense(fc.oneof(denseWorld, crowdedWorld)),
      fc.nat({ max: 3 }),
      fc.nat({ max: 3 }),
      ({ each, license }, a, b) => {
        fc.pre(upgradesOf(each, license).length === 0)
        const given = withOptions(unused(enforced(each), license), { severalMains: 'first-by-name' })
        // Nothing comes between these two ids, nor between the licenses of one name that have them.
        const second = `${license.id}\u0000`
        const whole = synchronize(mapLicense(given, license, (one) => [{ ...one, entitlements: a + b }]))
        const parts = synchronize(
          mapLicense(given, license, (one) => [
            { ...one, entitlements: a },
            { ...one, id: second, entitlements: b },
          ]),
        )
        const joined = parts.decisions.map((one) =>
          choiceOf(one.license === second ? { ...one, license: license.id } : one),
        )
        expect(joined).toEqual(whole.decisions.map(choiceOf))
      },
    ),
    { numRuns: 100 },
  )
})

// -------------------------------------------------------------------------------------
// the ledger
// -------------------------------------------------------------------------------------

const numbered = ({ decisions }: Synchronized) =>
  decisions.flatMap(({ outcome, ...decision }, position) =>
    outcome === 'allocated' ? [{ ...decision, position }] : [],
  )

test('the ledger has one seat for each computer that uses a license when the run has ended (ALLOC-67)', () => {
  fc.assert(
    fc.property(pastWorld, (each) => {
      const outcome = synchronize(each)
      const licenses = once(each.catalog.licenses)
      expect(outcome.ledger.map(({ license }) => license)).toEqual(
        [...new Set(outcome.ledger.map(({ license }) => license))].sort(),
      )
      for (const license of licenses) {
        const computers = seatsOf(outcome, license).map(({ computer }) => computer)
        const holders = holdersOf(after(each, outcome), license)
        expect(computers).toHaveLength(new Set(computers).size)
        expect(new Set(computers)).toEqual(holders)
      }
    }),
    { numRuns: 120 },
  )
})

test('the seats that a run gave come last, each with the decision that took it, in the order of the rules', () => {
  fc.assert(
    fc.property(pastWorld.map(enforced), (each) => {
      const outcome = synchronize(each)
      const allocated = numbered(outcome)
      for (const { license, seats } of outcome.ledger) {
        const taken = seats.filter(({ rule }) => rule !== undefined)
        expect(seats.slice(seats.length - taken.length)).toEqual(taken)
        const deciding = taken.map(({ computer, installation, rule }) =>
          allocated.find((one) => one.computer === computer && one.installation === installation && one.rule === rule),
        )
        expect(deciding.map((one) => one?.license)).toEqual(taken.map(() => license))
        expect(taken.map(({ place }) => place)).toEqual(taken.map(({ rule }) => indexOf(rule)))
        // Decisions come by computer and installation, which is the order within a rule (ALLOC-74).
        const order = deciding.map((one) => indexOf(one?.rule) * 1_000 + (one?.position ?? 0))
        expect(order).toEqual([...order].sort((one, other) => one - other))
      }
      for (const { license, computer } of allocated)
        expect(outcome.ledger.find((row) => row.license === license)?.seats.map((seat) => seat.computer)).toContain(
          computer,
        )
    }),
    { numRuns: 120 },
  )
})

// -------------------------------------------------------------------------------------
// compliance
// -------------------------------------------------------------------------------------

test('what is used and what is available are two entries of one count (E3)', () => {
  fc.assert(
    fc.property(pastWorld, (each) => {
      for (const license of each.catalog.licenses) {
        if (license.metric === 'user' || isRetired(each.catalog, license)) continue
        const { used, available, reconciled } = rowOf(each, license)
        const ofUpgrades = upgradesOf(each, license).map((upgrade) => holdersOf(each, upgrade).size)
        expect(used).toBe(holdersOf(each, license).size)
        expect(reconciled).toBeLessThanOrEqual(used)
        expect(available).toBe(
          isLimited(license) ? ofUpgrades.reduce((left, size) => left - size, license.entitlements! - used) : undefined,
        )
      }
    }),
    { numRuns: 80 },
  )
})

test('each computer that is counted for a direct upgrade takes one from the original, whatever is upgraded (E11)', () => {
  fc.assert(
    fc.property(crowdedWorld, fc.nat({ max: 11 }), fc.boolean(), (each, pick, isTwice) => {
      const [original] = each.catalog.licenses
      const others = each.catalog.licenses.filter(({ id }) => id !== original!.id)
      const upgrade = others[pick % others.length]!
      fc.pre(!isRetired(each.catalog, original!))
      const granted = { product: GONE.product, license: upgrade.id, origin: 'manual' } as const
      const onNew = { ...granted, computer: 'c-new' }
      const added = isTwice ? [onNew, { ...onNew, installation: GONE.installation }] : [onNew]
      const more = { ...each, allocations: [...each.allocations, ...added] }
      const before = rowOf(each, original!)
      const lowered = isRetired(each.catalog, upgrade) ? 0 : 1
      expect(rowOf(more, original!)).toMatchObject({
        used: before.used,
        available: before.available! - lowered,
      })
      // A retired computer is not counted.
      const retired = { computer: { id: 'c-new', name: 'New', retired: true } }
      expect(rowOf({ ...more, snapshots: [...each.snapshots, retired] }, original!)).toEqual(before)
    }),
    { numRuns: 80 },
  )
})

test('the order of allocations and snapshots changes nothing in compliance, and where no license is required all is well (E12)', () => {
  fc.assert(
    fc.property(pastWorld, fc.nat(), (each, seed) => {
      const told = complianceOf(each)
      expect(complianceOf(shuffleLists(seed)(each))).toEqual(told)
      const free = once(each.catalog.licenses).filter(({ metric }) => metric === 'none')
      for (const { license, compliant } of told.licenses)
        if (free.some(({ id }) => id === license)) expect(compliant).toBe(true)
    }),
    { numRuns: 80 },
  )
})

test('compliance changes no choice that was made, and expiry no figure (COMP-18, 21)', () => {
  fc.assert(
    fc.property(pastWorld, fc.constantFrom('1999-12-31', '2026-05-15', '2999-01-01'), (each, expires) => {
      const licenses = each.catalog.licenses.map((license) => ({ ...license, expires }))
      expect(complianceOf({ ...each, catalog: { ...each.catalog, licenses } })).toEqual(complianceOf(each))
      const { decisions } = synchronize(each)
      expect(complianceOf(each, decisions).licenses).toEqual(complianceOf(each).licenses)
      const waiting = complianceOf(each, decisions).software.flatMap(({ unreconciled }) => unreconciled)
      expect(sideBySide(decisions, decisions).filter(([one]) => one.outcome === 'unreconciled')).toHaveLength(
        waiting.length,
      )
    }),
    { numRuns: 100 },
  )
})
