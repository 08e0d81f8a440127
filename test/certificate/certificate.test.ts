/**
 * The laws of certificates (src/certificate/Certificate.ts): nothing but what the records say counts, and all of that does.
 */
import { createHash, webcrypto } from 'node:crypto'
import { either as E } from 'fp-ts'
import fc from 'fast-check'
import { Allocation, AuditSnapshot, Catalog, Certificate, Deployment, type Estate } from 'seatwise'
import { expect, test } from 'vitest'
import { estateWorld } from '../generators/deployment.js'
import { decodeEstate, instant, must } from '../generators/deployment/run.js'
import { shuffleFields, shuffleLists } from '../generators/random.js'
import { decodePast, pastWorld, type PastWorld } from '../generators/synchronization.js'
import { flips } from './flips.js'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

const later = async (text: string): Promise<string> =>
  Buffer.from(await webcrypto.subtle.digest('SHA-256', new TextEncoder().encode(text))).toString('hex')

type Differences = ReadonlyArray<Certificate.Difference>

const partsOf = (differences: Differences): ReadonlyArray<string> => differences.map(({ part }) => part)

// -------------------------------------------------------------------------------------
// runs
// -------------------------------------------------------------------------------------

const runOf = (given: Allocation.Given): Allocation.Outcome => must('run', Allocation.run(given))

const certifyRun = (given: Certificate.CertifiedRun, results: Certificate.RunResults) =>
  Certificate.certifyRun(sha256)(given)(results)

const certifiedRun = (given: Allocation.Given): Certificate.Certificate =>
  must('certificate', certifyRun(given, runOf(given)))

const verifyRun = (given: Certificate.CertifiedRun, certificate: Certificate.Certificate) =>
  partsOf(must('verification', Certificate.verifyRun(sha256)(given)(certificate)))

test('verifying what a run was certified for finds no difference', () => {
  fc.assert(
    fc.property(pastWorld, (each) => {
      const given = decodePast(each)
      expect(verifyRun(given, certifiedRun(given))).toEqual([])
    }),
  )
})

test('the order of records, of what they list and of their fields changes nothing, nor does a duplicate', () => {
  fc.assert(
    fc.property(pastWorld, fc.nat(), (each, seed) => {
      const shuffled: PastWorld = shuffleFields(seed)(shuffleLists(seed)(each))
      const certificate = certifiedRun(decodePast(each))
      expect(certifiedRun(decodePast(shuffled))).toEqual(certificate)
      const given = decodePast(shuffled)
      const twice = {
        ...given,
        catalog: { ...given.catalog, licenses: [...given.catalog.licenses, ...given.catalog.licenses] },
      }
      expect(certifyRun({ ...twice, snapshots: [...given.snapshots, ...given.snapshots] }, runOf(given))).toEqual(
        E.right(certificate),
      )
    }),
  )
})

/** Certificates before and after a change: the parts that are different, or what the change was refused for. */
const changed = (before: Certificate.Certificate, after: E.Either<unknown, Certificate.Certificate>): unknown =>
  E.isLeft(after)
    ? 'refused'
    : Object.entries(after.right).flatMap(([part, hash]) =>
        before[part as keyof typeof before] === hash ? [] : [part],
      )

test('whatever field of records, policy or results is changed, its part and the certificate change', () => {
  let refused = 0
  let told = 0
  fc.assert(
    fc.property(pastWorld, (each) => {
      const given = decodePast(each)
      const results = runOf(given)
      const before = certifiedRun(given)
      const { policy, asOf, ...records } = given
      const { decisions, released, added } = results
      const dated = asOf === undefined ? {} : { asOf }
      const tries = [
        ...flips(records).map(({ path, flipped }) => ({
          part: 'records',
          path,
          after: () => certifyRun({ ...(flipped as typeof records), policy: policy!, ...dated }, results),
        })),
        ...flips({ policy, ...dated }).map(({ path, flipped }) => ({
          part: 'policy',
          path,
          after: () => certifyRun({ ...records, ...(flipped as object) }, results),
        })),
        ...flips(decisions).map(({ path, flipped }) => ({
          part: 'decisions',
          path,
          after: () => certifyRun(given, { ...results, decisions: flipped as typeof decisions }),
        })),
        ...flips({ released, added }).map(({ path, flipped }) => ({
          part: 'changes',
          path,
          after: () => certifyRun(given, { decisions, released: [], added: [], ...(flipped as object) }),
        })),
      ]
      for (const { part, path, after } of tries) {
        // A collection that must be there is not taken away whole, and duplicates are one.
        if (path.length < 2 && part === 'records') continue
        if (path.length === 2 && path[0] === 'catalog' && ['software', 'licenses'].includes(String(path[1]))) continue
        const found = changed(before, after())
        if (found === 'refused') refused += 1
        else if (JSON.stringify(found) === '[]') expect(isTwice(each), path.join('.')).toBe(true)
        else {
          told += 1
          expect(found, path.join('.')).toEqual([part, 'certificate'])
        }
      }
    }),
    { numRuns: 12 },
  )
  // A required field that is taken away is refused; most flips are certified.
  expect(told).toBeGreaterThan(refused)
})

/** Taking one of two exact duplicates away is no change. */
const isTwice = ({ catalog, snapshots, allocations }: PastWorld): boolean =>
  [catalog.organizations ?? [], catalog.locations ?? [], catalog.licenses, snapshots, allocations].some(
    (list) => new Set(list.map((record) => JSON.stringify(record))).size < list.length,
  )

test('the order of what is tied is a part of a decision', () => {
  const given = decodePast({
    catalog: {
      software: [{ id: 's', name: 'S', products: ['p'] }],
      licenses: ['L-1', 'L-2', 'L-3'].map((id) => ({ id, name: id, software: 's', main: true })),
    },
    snapshots: [{ computer: { id: 'c', name: 'C' }, installations: [{ id: 'i', product: 'p' }] }],
    policy: {},
    allocations: [],
    incomplete: [],
    rejectedLicenses: [],
  })
  const results = runOf(given)
  const decisions = results.decisions.map((decision) => ({ ...decision, tied: [...(decision.tied ?? [])].reverse() }))
  expect(decisions[0]?.tied).toHaveLength(2)
  expect(changed(certifiedRun(given), certifyRun(given, { ...results, decisions }))).toEqual([
    'decisions',
    'certificate',
  ])
})

test('a hash that promises makes the same certificate, later', async () => {
  await fc.assert(
    fc.asyncProperty(pastWorld, async (each) => {
      const given = decodePast(each)
      const promised = await must('promise', Certificate.certifyRun(later)(given)(runOf(given)))
      expect(promised).toEqual(certifiedRun(given))
      const found = must('promise', Certificate.verifyRun(later)(given)({ ...promised, records: 'other' }))
      expect(partsOf(await found)).toEqual(['records'])
    }),
    { numRuns: 25 },
  )
})

test('whatever part of a certificate is forged, verifying names it with both hashes', () => {
  fc.assert(
    fc.property(
      pastWorld,
      fc.constantFrom(...(['format', 'ruleBook', 'decisions', 'certificate'] as const)),
      (each, part) => {
        const given = decodePast(each)
        const certificate = certifiedRun(given)
        expect(Certificate.verifyRun(sha256)(given)({ ...certificate, [part]: 'forged' })).toEqual(
          E.right([{ part, certified: 'forged', found: certificate[part] }]),
        )
      },
    ),
    { numRuns: 25 },
  )
})

test('a rule book of the caller’s own is certified by its name, and not without one', () => {
  const given = { catalog: { software: [], licenses: [] }, snapshots: [], rules: () => [] }
  const results = { decisions: [], released: [], added: [] }
  const refused = Certificate.certifyRun(sha256)(given)(results)
  expect(E.isLeft(refused) && refused.left.map(({ code, path }) => [code, path])).toEqual([['missing', 'ruleBook']])
  const certified = must('named', Certificate.certifyRun(sha256)({ ...given, ruleBook: 'ours 7' })(results))
  expect(certified.ruleBook).toBe('ours 7')
  expect(verifyRun({ ...given, ruleBook: 'ours 8' }, certified)).toEqual(['ruleBook', 'certificate'])
  expect(
    must('documented', certifyRun({ catalog: given.catalog, snapshots: [], ruleBook: 'ours 7' }, results)).ruleBook,
  ).toBe(Allocation.RULE_BOOK_VERSION)
})

test('records that no decoder gives are rejections, all of them', () => {
  const catalog = { software: [], licenses: [{ id: 'L-1', name: '\ud800', software: 's', expires: NaN }] }
  const given = { catalog, snapshots: [{ computer: {} }] } as unknown as Allocation.Given
  const refused = certifyRun(given, { decisions: [], released: [], added: [] })
  expect(E.isLeft(refused) && refused.left.map(({ code, path }) => [code, path])).toEqual([
    ['type', 'licenses[0]'],
    ['type', 'snapshots[0]'],
  ])
})

// -------------------------------------------------------------------------------------
// golden
// -------------------------------------------------------------------------------------

const golden: Allocation.Given = {
  catalog: Catalog.decode({
    organizations: [
      { id: 'sales', name: 'Sales', parent: 'all' },
      { id: 'all', name: 'Äll' },
    ],
    software: [{ id: 'visio', name: 'Visio', products: ['Visio 2024', 'Visio 2021'] }],
    licenses: [
      { id: 'L-2', name: 'Visio B', software: 'visio', main: true, entitlements: 25, expires: '2027-03-31' },
      {
        id: 'L-1',
        name: 'Visio A',
        software: 'visio',
        installationKey: 'KEY-1',
        restrictions: { devices: [], owners: ['ann'], organization: { unit: 'sales', includeSubunits: true } },
      },
    ],
  }).right,
  snapshots: AuditSnapshot.decodeAll([
    {
      computer: { id: 'pc-1', name: 'PC-1' },
      owner: 'Ann',
      organization: 'Sales',
      installations: [{ id: 'i-1', product: 'Visio 2024', installationKey: 'key-2' }],
    },
    { computer: { id: 'pc-0', name: 'PC-0' }, installations: [] },
  ]).right,
  policy: { restrictions: 'strict' },
}

test('the canonical texts of an example stay what they are', () => {
  expect(must('texts', Certificate.textsOfRun(golden)(runOf(golden)))).toEqual({
    format: 'seatwise/run/1',
    ruleBook: '1.0',
    records: [
      '{"allocations":[],"incomplete":[],"licenses":[',
      '{"id":"L-1","installationKey":"KEY-1","name":"Visio A","restrictions":{"organization":{"includeSubunits":true,',
      '"unit":"sales"},"owners":["ann"]},"software":"visio"},',
      '{"entitlements":25,"expires":"2027-03-31","id":"L-2","main":true,"name":"Visio B","software":"visio"}],',
      '"locations":[],"organizations":[{"id":"all","name":"Äll"},{"id":"sales","name":"Sales","parent":"all"}],',
      '"rejectedLicenses":[],"snapshots":[{"computer":{"id":"pc-0","name":"PC-0"},"installations":[]},',
      '{"computer":{"id":"pc-1","name":"PC-1"},"installations":[{"id":"i-1","installationKey":"key-2",',
      '"product":"Visio 2024"}],"organization":"Sales","owner":"Ann"}],',
      '"software":[{"id":"visio","name":"Visio","products":["Visio 2021","Visio 2024"]}]}',
    ].join(''),
    policy: '{"policy":{"restrictions":"strict"}}',
    decisions:
      '[{"computer":"pc-1","installation":"i-1","license":"L-1","outcome":"allocated","product":"Visio 2024","rule":"2.6"}]',
    changes: [
      '{"added":[{"computer":"pc-1","deallocateAutomatically":false,"installation":"i-1","license":"L-1",',
      '"origin":"automatic","product":"Visio 2024"}],"released":[]}',
    ].join(''),
  })
})

test('the certificate of the example stays what it is', () => {
  expect(certifiedRun(golden).certificate).toBe('ca610ae636a9e57f55122df0b602858f550970cd7561aec73c2c9dfef94f507f')
})

// -------------------------------------------------------------------------------------
// plans
// -------------------------------------------------------------------------------------

const certifyPlan = (given: Certificate.CertifiedPlan, results: Certificate.PlanResults) =>
  Certificate.certifyPlan(sha256)(given)(results)

const planned = (estate: Estate.Estate, now: string) => {
  const given = { estate, now: instant(now) }
  return { given, results: must('plan', Deployment.plan(given.estate, given.now)) }
}

test('plans are certified alike: verified as they were made, and in any order', () => {
  fc.assert(
    fc.property(estateWorld, fc.nat(), ({ estate, now }, seed) => {
      const { given, results } = planned(decodeEstate(estate), now)
      const certificate = must('certificate', certifyPlan(given, results))
      const other = planned(decodeEstate(shuffleFields(seed)(shuffleLists(seed)(estate))), now)
      expect(certifyPlan(other.given, other.results)).toEqual(E.right(certificate))
      expect(Certificate.verifyPlan(sha256)(other.given)(certificate)).toEqual(E.right([]))
    }),
  )
})

test('whatever field of an estate or a plan is changed, its part and the certificate change', () => {
  let refused = 0
  let told = 0
  fc.assert(
    fc.property(estateWorld, ({ estate, now }) => {
      const { given, results } = planned(decodeEstate(estate), now)
      const before = must('certificate', certifyPlan(given, results))
      const { decisions, operations } = results
      const tries = [
        ...flips(given.estate).map(({ path, flipped }) => ({
          part: 'records',
          path,
          after: () => certifyPlan({ ...given, estate: flipped as Estate.Estate }, results),
        })),
        ...flips(given.now).map(({ path, flipped }) => ({
          part: 'policy',
          path,
          after: () => certifyPlan({ ...given, now: flipped as typeof given.now }, results),
        })),
        ...flips(decisions).map(({ path, flipped }) => ({
          part: 'decisions',
          path,
          after: () => certifyPlan(given, { operations, decisions: flipped as typeof decisions }),
        })),
        ...flips(operations).map(({ path, flipped }) => ({
          part: 'changes',
          path,
          after: () => certifyPlan(given, { decisions, operations: flipped as typeof operations }),
        })),
      ]
      for (const { part, path, after } of tries) {
        if (path.length < 2 && part === 'records') continue
        const found = changed(before, after())
        if (found === 'refused') refused += 1
        else if (JSON.stringify(found) === '[]')
          expect(isAnyTwice(estate), `${path.join('.')} ${JSON.stringify(estate)}`).toBe(true)
        else {
          told += 1
          expect(found, path.join('.')).toEqual([part, 'certificate'])
        }
      }
    }),
    { numRuns: 12 },
  )
  expect(told).toBeGreaterThan(refused)
})

const isAnyTwice = ({
  directories = [],
  packs,
  devices,
  bundled = [],
}: {
  readonly [list: string]: unknown
}): boolean =>
  [directories, packs, devices, bundled].some(
    (list) =>
      new Set((list as ReadonlyArray<unknown>).map((record) => JSON.stringify(record))).size <
      (list as ReadonlyArray<unknown>).length,
  )
