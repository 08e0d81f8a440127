/**
 * Group G of the properties, for deployment: what would have to change for a device to be served.
 */
import { either as E, option as O } from 'fp-ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Deployment, Estate, Instant, LicenseType, Version } from 'seatwise'
import { estateWorld, type EstateWorld } from '../generators/deployment.js'
import { shuffleLists } from '../generators/random.js'

// -------------------------------------------------------------------------------------
// asking
// -------------------------------------------------------------------------------------

type Decoded = { readonly estate: Estate.Estate; readonly now: Instant.Instant }

const must = <A>(value: E.Either<unknown, A>): A => {
  if (E.isRight(value)) return value.right
  throw new Error(JSON.stringify(value.left))
}

const decode = ({ estate, now }: EstateWorld): Decoded => ({
  estate: must(Estate.decode(estate)).right,
  now: must(E.fromOption(() => now)(Instant.parse(now))),
})

type Question = Decoded & { readonly device: string; readonly type: LicenseType.LicenseType }

const ask = (
  { estate, now, device, type }: Question,
  bound: number,
  tries = Infinity,
): Deployment.DeploymentCounterfactual => {
  const answered = must(Deployment.wouldServe(estate, now))(device, type, { bound, tries })
  if (O.isNone(answered)) throw new Error('no such decision')
  return answered.value
}

/** An estate with a device and a type that it decides about, mostly one for which nothing is done. */
const questionIn = (worlds: fc.Arbitrary<EstateWorld>): fc.Arbitrary<Question> =>
  fc
    .record({ world: worlds, pick: fc.nat(), any: fc.boolean() })
    .map(({ world, pick, any }) => {
      const decoded = decode(world)
      const { decisions } = must(Deployment.plan(decoded.estate, decoded.now))
      const idle = decisions.filter(({ reason }) => reason !== undefined && reason !== 'already-licensed')
      const some = any || idle.length === 0 ? decisions : idle
      const chosen = some[pick % Math.max(1, some.length)]
      return { ...decoded, device: chosen?.device ?? '', type: chosen ?? { licenseType: 'udc3' as const } }
    })
    .filter(({ device }) => device !== '')

const question = questionIn(estateWorld)

// -------------------------------------------------------------------------------------
// planning the whole estate again
// -------------------------------------------------------------------------------------

const made = (estate: Estate.Estate, remedies: ReadonlyArray<Deployment.Remedy>): Estate.Estate =>
  remedies.reduce((after, remedy) => Deployment.applyRemedy(remedy)(after), estate)

/** The decision, and whether the device is licensed when the plan is done: told from its licenses alone. */
const outcome = ({ now, device, type }: Question, estate: Estate.Estate) => {
  const { decisions, estate: after } = must(Deployment.plan(estate, now))
  const today = Math.floor(now / 86_400_000)
  const { licenses = [] } = after.devices.find(({ id }) => id === device)!
  return {
    decision: decisions.find((each) => each.device === device && LicenseType.equals(each, type)),
    isServed: licenses.some(
      (license) =>
        license.source !== 'starter' && LicenseType.equals(license, type) && (license.expires ?? Infinity) >= today,
    ),
  }
}

const properSubsets = <A>(list: ReadonlyArray<A>): ReadonlyArray<ReadonlyArray<A>> =>
  list
    .reduce<ReadonlyArray<ReadonlyArray<A>>>((some, one) => [...some, ...some.map((each) => [...each, one])], [[]])
    .filter(({ length }) => length < list.length)

test('the whole estate with the remedies of an answer is planned as it says (G3), and no part of them suffices (G4)', () => {
  fc.assert(
    fc.property(question, (asked) => {
      const { answers, decision, bound } = ask(asked, 2)
      expect(decision).toEqual(outcome(asked, asked.estate).decision)
      for (const { remedies, decision: after } of answers) {
        expect(remedies.length).toBe(answers[0]!.remedies.length)
        expect(remedies.length).toBeLessThanOrEqual(bound)
        expect(outcome(asked, made(asked.estate, remedies))).toEqual({ decision: after, isServed: true })
        for (const fewer of properSubsets(remedies))
          expect(outcome(asked, made(asked.estate, fewer)).isServed).toBe(false)
      }
    }),
    { numRuns: 200 },
  )
})

// -------------------------------------------------------------------------------------
// trying everything
// -------------------------------------------------------------------------------------

const SWITCHES = [
  'umsIdRegistered',
  'licenseServerReachable',
  'automaticDeployment',
  'licenseExchange',
  'hardwareBundledDeployment',
] as const

const firstThree = (texts: ReadonlyArray<string>): ReadonlyArray<string> => [...new Set(texts)].sort().slice(0, 3)

/** The space as it is documented, without regard to the gate that turned the device down, over the wire. */
const everyRemedy = ({ estate, now, device: id, type }: Question): ReadonlyArray<Deployment.Remedy> => {
  const device = estate.devices.find((each) => each.id === id)!
  const today = new Date(Math.floor(now / 86_400_000) * 86_400_000).toISOString().slice(0, 10)
  const decisions = must(Deployment.plan(estate, now)).decisions
  const place = decisions.findIndex((each) => each.device === id && LicenseType.equals(each, type))
  const types: ReadonlyArray<LicenseType.LicenseType> =
    type.licenseType === 'add-on' ? [type, { licenseType: 'workspace-edition' }] : [type]
  const globals = estate.settings.distributionConditions ?? []
  const met = [
    ...(device.directory === undefined ? [] : [{ directory: device.directory }]),
    ...firstThree(device.views ?? []).map((view) => ({ view })),
  ]
  const placesOf = (conditions: typeof globals) => [
    ...firstThree(conditions.flatMap((each) => ('directory' in each ? [each.directory] : []))).map((directory) => ({
      kind: 'move-device',
      device: id,
      directory,
    })),
    ...firstThree(conditions.flatMap((each) => ('view' in each ? [each.view] : []))).map((view) => ({
      kind: 'add-to-view',
      device: id,
      view,
    })),
  ]
  const later = (version: string, ...others: ReadonlyArray<string>) =>
    others.filter((other) => Version.compare(other as Version.Version, version as Version.Version) > 0)
  const raw = [
    { kind: 'restore-device', device: id },
    ...(device.unitId === undefined ? [{ kind: 'report-unit-id', device: id }] : []),
    ...SWITCHES.map((setting) => ({ kind: 'switch-on', setting })),
    ...later(estate.settings.umsVersion, '5.08.100', '6.01.100', '12.01.110', '12.02.120').map((umsVersion) => ({
      kind: 'update-ums',
      umsVersion,
    })),
    ...(globals.length === 0
      ? []
      : [...met.map((condition) => ({ kind: 'add-global-condition', condition })), { kind: 'lift-global-conditions' }]),
    ...placesOf(globals),
    ...types.flatMap((each) => {
      const packs = estate.packs.filter((pack) => LicenseType.equals(pack, each))
      const waiting = decisions
        .slice(0, place)
        .filter(({ action, ...of }) => action === 'none' && LicenseType.equals(of, each)).length
      const isBundled = (estate.bundled ?? []).some(({ licenseType }) => LicenseType.equals({ licenseType }, each))
      const os = [
        ...(each.licenseType === 'workspace-edition' || packs.some(({ evaluation }) => evaluation === true)
          ? ['11']
          : []),
        ...(each.licenseType === 'add-on' ? ['11.01.110'] : []),
        ...(isBundled ? [Version.compare(device.osVersion, '12' as Version.Version) >= 0 ? '12.2' : '11.08.440'] : []),
      ]
      return [
        { kind: 'close-request', device: id, ...LicenseType.of(each) },
        ...(each.licenseType === 'workspace-edition'
          ? [{ kind: 'remove-licenses', device: id, licenseType: 'isl' }]
          : []),
        ...later(device.osVersion, ...new Set(os)).map((osVersion) => ({ kind: 'update-os', device: id, osVersion })),
        ...packs.flatMap((pack) => {
          const short = Math.max(0, pack.allocated - pack.total) + 1
          return [
            ...['activate-pack', 'assign-pack', 'renew-token', 'restore-pack'].map((kind) => ({ kind, pack: pack.id })),
            { kind: 'start-pack', pack: pack.id, starts: today },
            { kind: 'extend-pack', pack: pack.id, expires: today },
            { kind: 'enable-for-all', pack: pack.id },
            ...met.map((condition) => ({ kind: 'add-condition', pack: pack.id, condition })),
            ...[...new Set([short, short + waiting])].map((count) => ({ kind: 'add-licenses', pack: pack.id, count })),
            ...placesOf(pack.distribution?.method === 'conditions' ? pack.distribution.conditions : []),
          ]
        }),
      ]
    }),
  ]
  const unique = [...new Map(raw.map((remedy) => [JSON.stringify(remedy), remedy])).values()]
  // What a remedy must not take back: a token that was never there, dates that are good, packs that are for all.
  return unique
    .map((remedy) => must(Deployment.Remedy.decode(remedy)))
    .filter((remedy) => {
      const pack = 'pack' in remedy ? estate.packs.find((each) => each.id === remedy.pack)! : undefined
      const day = Math.floor(now / 86_400_000)
      if (remedy.kind === 'renew-token') return pack!.aldToken === 'invalid'
      if (remedy.kind === 'extend-pack') return pack!.expires !== undefined && pack!.expires < day
      if (remedy.kind === 'add-condition')
        return pack!.distribution === undefined
          ? pack!.licenseType !== 'workspace-edition'
          : pack!.distribution.method === 'conditions'
      return true
    })
}

const touches = (remedy: Deployment.Remedy): string =>
  remedy.kind === 'add-condition' || remedy.kind === 'enable-for-all'
    ? `distribution ${remedy.pack}`
    : remedy.kind.endsWith('global-condition') || remedy.kind === 'lift-global-conditions'
      ? 'global'
      : ['move-device', 'update-os', 'update-ums'].includes(remedy.kind)
        ? remedy.kind
        : 'pack' in remedy
          ? `${remedy.kind} ${remedy.pack}`
          : JSON.stringify(remedy)

const subsets = <A>(list: ReadonlyArray<A>, size: number): ReadonlyArray<ReadonlyArray<A>> =>
  size === 0
    ? [[]]
    : list.flatMap((one, place) => subsets(list.slice(place + 1), size - 1).map((others) => [one, ...others]))

/** The versions that remedies come to, the earliest first. */
const VERSIONS = ['5.08.100', '6.01.100', '11', '11.01.110', '11.08.440', '12.01.110', '12.02.120', '12.2']

const amountOf = (remedy: Deployment.Remedy): number =>
  remedy.kind === 'add-licenses'
    ? remedy.count
    : remedy.kind === 'update-os'
      ? VERSIONS.indexOf(remedy.osVersion)
      : remedy.kind === 'update-ums'
        ? VERSIONS.indexOf(remedy.umsVersion)
        : 0

const nameOf = (remedy: Deployment.Remedy): string =>
  remedy.kind === 'add-licenses'
    ? `add to ${remedy.pack}`
    : ['update-os', 'update-ums'].includes(remedy.kind)
      ? remedy.kind
      : JSON.stringify(Deployment.Remedy.encode(remedy))

/** A set in one text, without how many licenses are added. */
const textOf = (set: ReadonlyArray<Deployment.Remedy>): string =>
  set
    .map((each) => (each.kind === 'add-licenses' ? nameOf(each) : JSON.stringify(Deployment.Remedy.encode(each))))
    .sort()
    .join()

/** Where everything else is the same, less is enough. */
const isMoreThan = (a: ReadonlyArray<Deployment.Remedy>, b: ReadonlyArray<Deployment.Remedy>): boolean => {
  const amounts = (set: ReadonlyArray<Deployment.Remedy>) => new Map(set.map((each) => [nameOf(each), amountOf(each)]))
  const [more, less] = [amounts(a), amounts(b)]
  return (
    a !== b &&
    [...less].every(([name, amount]) => (more.get(name) ?? -1) >= amount) &&
    [...more].some(([name, amount]) => amount > (less.get(name) ?? Infinity))
  )
}

const exhaust = (asked: Question, bound: number): ReadonlyArray<string> => {
  const all = everyRemedy(asked)
  for (let size = 0; size <= bound; size += 1) {
    const enough = subsets(all, size).filter(
      (set) => new Set(set.map(touches)).size === set.length && outcome(asked, made(asked.estate, set)).isServed,
    )
    if (enough.length > 0)
      return [...new Set(enough.filter((set) => !enough.some((other) => isMoreThan(set, other))).map(textOf))].sort()
  }
  return []
}

/** With one license fewer a set is not enough: how many there are is found, not listed. */
const agrees = (asked: Question, bound: number): void => {
  const { answers } = ask(asked, bound)
  expect(answers.map(({ remedies }) => textOf(remedies)).sort()).toEqual(exhaust(asked, bound))
  for (const { remedies } of answers)
    for (const [place, remedy] of remedies.entries())
      if (remedy.kind === 'add-licenses' && remedy.count > 1) {
        const fewer = remedies.map((each, at) =>
          at === place ? { ...remedy, count: (remedy.count - 1) as typeof remedy.count } : each,
        )
        expect(outcome(asked, made(asked.estate, fewer)).isServed).toBe(false)
      }
}

test('the answers are those of an exhaustive search, and none where that finds none: one remedy (G5)', () => {
  fc.assert(
    fc.property(question, (asked) => agrees(asked, 1)),
    { numRuns: 160 },
  )
})

test('the answers are those of an exhaustive search, and none where that finds none: two remedies (G5)', () => {
  fc.assert(
    fc.property(question, (asked) => agrees(asked, 2)),
    { numRuns: 40 },
  )
})

test('who tries fewer sets is told the same, or that so many remedies were not tried', () => {
  const tally = { same: 0, given: 0 }
  fc.assert(
    fc.property(question, fc.nat({ max: 60 }), (asked, tries) => {
      const whole = ask(asked, 2)
      const some = ask(asked, 2, tries)
      if (some.bound === 2) expect(some).toEqual(whole)
      else {
        expect(some).toEqual({ bound: some.bound, decision: whole.decision, answers: [] })
        for (const { remedies } of whole.answers) expect(remedies.length).toBeGreaterThan(some.bound)
      }
      tally[some.bound === 2 ? 'same' : 'given'] += 1
    }),
    { numRuns: 80, seed: 3 },
  )
  expect(Math.min(tally.same, tally.given)).toBeGreaterThan(10)
})

test('no order of the records matters', () => {
  fc.assert(
    fc.property(question, fc.nat(), (asked, seed) => {
      expect(ask({ ...asked, estate: shuffleLists(seed)(asked.estate) }, 2)).toEqual(ask(asked, 2))
    }),
    { numRuns: 80 },
  )
})

// -------------------------------------------------------------------------------------
// every kind of remedy
// -------------------------------------------------------------------------------------

const KINDS: ReadonlyArray<Deployment.RemedyKind> = [
  'restore-device',
  'report-unit-id',
  'close-request',
  'move-device',
  'add-to-view',
  'update-os',
  'remove-licenses',
  'activate-pack',
  'assign-pack',
  'renew-token',
  'add-condition',
  'enable-for-all',
  'add-licenses',
  'start-pack',
  'extend-pack',
  'restore-pack',
  'switch-on',
  'add-global-condition',
  'update-ums',
  'lift-global-conditions',
]

test('the worlds of these tests come to every kind of remedy, and each survives its codec and is a sentence', () => {
  const seen = new Set<string>()
  for (const asked of fc.sample(question, { seed: 11, numRuns: 350 }))
    for (const { remedies } of ask(asked, 2).answers)
      for (const remedy of remedies) {
        seen.add(remedy.kind)
        expect(Deployment.Remedy.decode(JSON.parse(JSON.stringify(Deployment.Remedy.encode(remedy))))).toEqual(
          E.right(remedy),
        )
        expect(Deployment.renderRemedy(remedy)).toMatch(/^[a-z][^\n]+$/)
      }
  expect(KINDS.filter((kind) => !seen.has(kind))).toEqual([])
})

/** One device and one pack that would serve it, but for what is changed; what would have to change. */
const told = (
  change: { readonly settings?: object; readonly pack?: object; readonly device?: object; readonly others?: object },
  bound = 1,
): ReadonlyArray<string> => {
  const estate = must(
    Estate.decode({
      settings: { umsVersion: '12.10.100', umsId: 'ums-1', automaticDeployment: true, ...change.settings },
      packs: [
        {
          id: 'P',
          licenseType: 'workspace-edition',
          total: 5,
          allocated: 1,
          registered: '2026-02-01',
          umsIds: ['ums-1'],
          ...change.pack,
        },
      ],
      devices: [
        {
          id: 'd',
          unitId: 'u',
          osVersion: '12.5.0',
          registered: '2026-03-10T08:00:00Z',
          directory: 'clinic',
          ...change.device,
        },
      ],
      ...change.others,
    }),
  ).right
  const now = must(E.fromOption(() => 0)(Instant.parse('2026-03-10T12:00:00Z')))
  const answered = must(Deployment.wouldServe(estate, now))('d', { licenseType: 'workspace-edition' }, { bound })
  return O.isNone(answered)
    ? ['no decision']
    : answered.value.answers.map(({ remedies }) => remedies.map(Deployment.renderRemedy).join(' + '))
}

test('what stands in the way of one device is said', () => {
  expect(told({})).toEqual([''])
  expect(told({ device: { inRecycleBin: true } })).toEqual(['take `d` out of the recycle bin'])
  expect(told({ device: { unitId: '' } })).toEqual(['have `d` report its unit ID'])
  expect(told({ device: { osVersion: '10.6' } })).toEqual(['update `d` to IGEL OS 11'])
  expect(told({ device: { openRequests: [{ licenseType: 'workspace-edition' }] } })).toEqual([
    'close the open request of `d` for workspace-edition',
  ])
  expect(told({ device: { licenses: [{ licenseType: 'isl', source: 'pack' }] } })).toEqual([
    'remove the isl licenses of `d`',
  ])
  expect(told({ pack: { active: false } })).toEqual(['activate pack `P`'])
  expect(told({ pack: { umsIds: [] } })).toEqual(['assign pack `P` to this UMS'])
  expect(told({ pack: { umsIds: [], aldToken: 'invalid' } })).toEqual([
    'assign pack `P` to this UMS',
    'register pack `P` with a valid token',
  ])
  expect(told({ pack: { allocated: 7 } })).toEqual(['add 3 licenses to pack `P`'])
  expect(told({ pack: { starts: '2026-04-01' } })).toEqual(['let pack `P` start by 2026-03-10'])
  expect(told({ pack: { expires: '2026-03-09' } })).toEqual(['extend pack `P` to 2026-03-10 or later'])
  expect(told({ pack: { status: 'merged' } })).toEqual(['make pack `P` ready again'])
  expect(
    told({ pack: { distribution: { method: 'conditions', conditions: [{ view: 'kiosks' }, { directory: 'ward' }] } } }),
  ).toEqual([
    'move `d` to the directory `ward`',
    'have the view `kiosks` include `d`',
    'add the directory `clinic` to the conditions of pack `P`',
    'enable pack `P` for all devices',
  ])
  expect(told({ settings: { automaticDeployment: false } })).toEqual(['switch on automatic deployment'])
  expect(told({ settings: { licenseServerReachable: false } })).toEqual(['make the license server reachable'])
  expect(told({ settings: { umsVersion: '6.00.100' } })).toContain('update the UMS to 6.01.100')
  expect(told({ settings: { distributionConditions: [{ directory: 'ward' }] } })).toEqual([
    'move `d` to the directory `ward`',
    'add the directory `clinic` to the global conditions',
    'remove the global conditions',
  ])
  expect(told({ settings: { automaticDeployment: false }, pack: { active: false } })).toEqual([])
  expect(told({ settings: { automaticDeployment: false }, pack: { active: false } }, 2)).toEqual([
    'activate pack `P` + switch on automatic deployment',
  ])
  expect(told({ others: { packs: [] } })).toEqual(['no decision'])
})

test('a license more is of no use where an earlier device takes it: then there are as many more as are waited for', () => {
  const devices = ['a', 'd'].map((id, place) => ({
    id,
    unitId: id,
    osVersion: '12.5.0',
    registered: `2026-03-10T0${String(place)}:00:00Z`,
  }))
  expect(told({ pack: { total: 1 }, others: { devices } })).toEqual(['add 2 licenses to pack `P`'])
})
