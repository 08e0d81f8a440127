/**
 * What is proved of licenses that never win is true (src/rule/Shadow.ts, src/allocation/analysis/ofRules.ts): every snapshot
 * that can make a difference is tried, on catalogs small enough for that.
 */
import { either as E } from 'fp-ts'
import fc from 'fast-check'
import { Allocation, type Catalog, type Decision } from 'seatwise'
import { expect, test } from 'vitest'
import { crowdedWorld, decode, everySnapshot, smallWorld } from '../generators/catalogs.js'

type Options = ReturnType<typeof decode>['options']

const must = <A>(value: E.Either<unknown, A>): A =>
  E.getOrElseW((left) => {
    throw new Error(JSON.stringify(left))
  })(value)

const decisionsOf = (
  catalog: Catalog.Catalog,
  options: Options,
  given: Catalog.Catalog,
): ReadonlyArray<Decision.Decision> =>
  everySnapshot(given, options.text ?? 'case-insensitive').flatMap(must(Allocation.compile(options)(catalog)))

const analyzed = (catalog: Catalog.Catalog, options: Allocation.AnalysisOptions) =>
  must(Allocation.analyze(options)(catalog))

const of = <Code extends Allocation.FindingCode>(findings: ReadonlyArray<Allocation.Finding>, code: Code) =>
  findings.flatMap((finding) => (finding.code === code ? [finding.witness as Allocation.Witnesses[Code]] : []))

const places = new Map(Allocation.table.map(({ rule }, place) => [rule as string, place]))
const placeOf = (rule: string | undefined): number => (rule === undefined ? Infinity : (places.get(rule) ?? Infinity))

/** How many licenses never win, and of how many of them that was found. */
const tally = { dead: 0, found: 0, byName: 0, foundByName: 0 }

const check = (catalog: Catalog.Catalog, options: Options): void => {
  const findings = analyzed(catalog, options)
  const dead = of(findings, 'never-wins')
  const barred = of(findings, 'matches-no-rule')
  const byName = of(findings, 'wins-only-by-name')
  const decisions = decisionsOf(catalog, options, catalog)
  const winners = new Set(decisions.map(({ license }) => license))
  for (const { license } of [...dead, ...barred]) expect(winners.has(license)).toBe(false)

  // By itself, a license is allocated by the first rule that it matches.
  const alone = new Map<string, ReadonlyArray<Decision.Decision>>()
  const firstMatches = (id: string): ReadonlyArray<Decision.Decision> => {
    const known = alone.get(id)
    if (known !== undefined) return known
    const only = { ...catalog, licenses: catalog.licenses.filter((license) => license.id === id) }
    const made = decisionsOf(only, options, catalog)
    alone.set(id, made)
    return made
  }
  // Where a main license must be the only one, nobody can be looked at alone.
  if (options.severalMains !== 'none') {
    for (const { license } of barred) expect(firstMatches(license).some(({ rule }) => rule !== undefined)).toBe(false)
    for (const { license, contests } of dead)
      for (const [at, { rule }] of firstMatches(license).entries()) {
        if (rule === undefined) continue
        const rivals = contests.find((contest) => contest.rule === rule)?.rivals ?? []
        const beaten = rivals.some((rival) => placeOf(firstMatches(rival.license)[at]?.rule) <= placeOf(rival.rule))
        expect({ license, rule, beaten }).toEqual({ license, rule, beaten: true })
        expect(rivals.every((rival) => placeOf(rival.rule) <= placeOf(rule))).toBe(true)
      }
  }
  for (const { license, contests } of byName)
    for (const { rule, tied = [] } of decisions.filter((decision) => decision.license === license)) {
      const rivals = contests.find((contest) => contest.rule === rule)?.rivals ?? []
      expect(rivals.some((rival) => (tied as ReadonlyArray<string>).includes(rival.license))).toBe(true)
    }

  const candidates = catalog.licenses.filter(
    ({ metric, retired, expires }) =>
      metric !== 'user' &&
      retired !== true &&
      !(options.expired === 'excluded' && expires !== undefined && expires < (options.asOf ?? 0)),
  )
  const never = new Set(candidates.filter(({ id }) => !winners.has(id)).map(({ id }) => id))
  tally.dead += never.size
  tally.found += dead.length + barred.length
  const reliant = [...winners].filter(
    (id) => id !== undefined && decisions.every(({ license, tied = [] }) => license !== id || tied.length > 0),
  )
  tally.byName += reliant.length
  tally.foundByName += byName.length
}

test('whoever is said never to win, or only by name, does so for every snapshot, and the witness shows why', () => {
  for (const worlds of [smallWorld(6), crowdedWorld(6)])
    fc.assert(
      fc.property(worlds, (world) => {
        const { catalog, options } = decode(world)
        check(catalog, options)
      }),
      { numRuns: 100 },
    )
  expect(tally.dead).toBeGreaterThan(20)
  // A restriction with sub-units, of which each is somebody else's, is not seen through.
  expect(tally.found / tally.dead).toBeGreaterThan(0.8)
})

test('where licenses may be full, only those that never are shadow others', () => {
  fc.assert(
    fc.property(crowdedWorld(5), (world) => {
      const { catalog, options: given } = decode(world)
      // Full main licenses count when it is asked who is the only one (ALLOC-80): then nobody can be left out.
      const { severalMains: _, ...options } = given
      for (const { license } of of(analyzed(catalog, { ...options, capacity: 'enforced' }), 'never-wins')) {
        // All others that can be full are.
        const left = catalog.licenses.filter(({ id, entitlements }) => id === license || entitlements === undefined)
        expect(
          decisionsOf({ ...catalog, licenses: left }, options, catalog).some((each) => each.license === license),
        ).toBe(false)
      }
    }),
    { numRuns: 60 },
  )
})
