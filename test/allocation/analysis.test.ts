/**
 * The analysis of a catalog (src/allocation/analysis): an example of every finding, and what holds of all of them.
 */
import { either as E, option as O } from 'fp-ts'
import fc from 'fast-check'
import { Allocation, Catalog, Day, type Finding } from 'seatwise'
import { describe, expect, test } from 'vitest'
import { decode } from '../generators/decide.js'
import { randomWorld } from '../generators/world.js'

type Wire = Readonly<Record<string, unknown>>
type Told = { readonly allocations?: ReadonlyArray<Wire>; readonly asOf?: string }
type Example = Told & { readonly catalog: Wire; readonly text: string }

const must = <A>(value: E.Either<unknown, A>): A =>
  E.getOrElseW((left) => {
    throw new Error(JSON.stringify(left))
  })(value)

const office = { id: 'office', name: 'Office', products: ['Office 24'] }
const units = {
  organizations: [
    { id: 'acme', name: 'Acme' },
    { id: 'u-1', name: 'Sales', parent: 'acme' },
    { id: 'u-2', name: 'sales', parent: 'u-1' },
  ],
}

/** A catalog of one tracked software. The first license is its main license, with a serial number like no other. */
const of = (...licenses: ReadonlyArray<Wire>): Wire => ({
  ...units,
  software: [office],
  licenses: [{ id: 'M', name: 'zz', software: 'office', main: true }, ...licenses.map(named)],
})
const named = (license: Wire): Wire => ({ name: license['id'], software: 'office', ...license })
const inUnit = (unit: string, includeSubunits = false) => ({ organization: { unit, includeSubunits } })

const analyzed = ({ catalog: wire, allocations: given = [], asOf }: Omit<Example, 'text'>) => {
  const { left, right: catalog } = Catalog.decode(wire)
  expect(left).toEqual([])
  const { right: allocations } = Allocation.decodeAll(given)
  const day = asOf === undefined ? {} : { asOf: must(E.fromOption(() => asOf)(Day.parse(asOf))) }
  return must(Allocation.analyze({ allocations, ...day })(catalog))
}

const KEY = 'QX4T7-81KZM-22PWD'
const used = (computer: string, license = 'A', product = 'Office 24') => ({
  computer,
  license,
  product,
  origin: 'manual',
})
const visio = { id: 'visio', name: 'Visio', products: ['Visio 24'] }

const examples: { readonly [Code in Allocation.FindingCode]: Example } = {
  'never-wins': {
    catalog: of(
      { id: 'A', restrictions: { devices: ['PC-1'], ...inUnit('u-1', true) } },
      { id: 'B', restrictions: { devices: ['PC-1', 'pc-2'] } },
      { id: 'C', restrictions: { devices: [' PC-2'] } },
    ),
    text: 'license `C` never wins: by rule 2.4 comes after `B`',
  },
  'wins-only-by-name': {
    catalog: of(
      { id: 'A', restrictions: { devices: ['PC-1'] } },
      { id: 'B', restrictions: { devices: ['PC-1', 'PC-2'] } },
    ),
    text: 'license `A` only ever wins by its name: by rule 2.4, `B` matches, too',
  },
  'matches-no-rule': {
    catalog: of({ id: 'A' }),
    text: 'license `A` can match no rule: it has no serial number, it has no installation key, it has no device name, it has no device owner, it has no organization and 2 more',
  },
  // Made below: a real one would take long.
  'shelf-too-large': { catalog: of(), text: '' },
  'shared-serial-number': {
    catalog: of({ id: 'A', serialNumber: KEY, installationKey: 'A' }, { id: 'B', serialNumber: KEY.toLowerCase() }),
    text: 'licenses `A` and `B` have one serial number, ****2pwd: of one tracked software, their names decide',
  },
  'shared-installation-key': {
    catalog: of({ id: 'A', installationKey: KEY, serialNumber: 'A' }, { id: 'B', installationKey: KEY }),
    text: 'licenses `A` and `B` have one installation key, ****2pwd: of one tracked software, their names decide',
  },
  'serial-number-across-software': {
    catalog: {
      software: [office, visio],
      licenses: [
        named({ id: 'A', serialNumber: KEY, main: true }),
        named({ id: 'B', serialNumber: KEY, software: 'visio', main: true }),
      ],
    },
    text: 'licenses `A` and `B` have one serial number, ****2pwd, each for another tracked software',
  },
  'installation-key-across-software': {
    catalog: {
      software: [office, visio],
      licenses: [
        named({ id: 'A', installationKey: KEY, main: true }),
        named({ id: 'B', installationKey: KEY, software: 'visio', main: true }),
      ],
    },
    text: 'licenses `A` and `B` have one installation key, ****2pwd, each for another tracked software',
  },
  'placeholder-serial-number': {
    catalog: of({ id: 'A', serialNumber: ' To be filled by O.E.M.' }),
    text: 'the serial number of license `A` is a placeholder (to be filled by o.e.m.): it matches every installation with the same one',
  },
  'placeholder-installation-key': {
    catalog: of({ id: 'A', installationKey: '00000-00000' }),
    text: 'the installation key of license `A` is a placeholder (one character, repeated): it matches every installation with the same one',
  },
  'masked-serial-number': {
    catalog: of({ id: 'A', serialNumber: '****1234' }),
    text: 'the serial number of license `A` is masked (hidden characters): it matches no real one',
  },
  'masked-installation-key': {
    catalog: of({ id: 'A', installationKey: 'XXXXX-XXXXX-XXXXX-AB12C' }),
    text: 'the installation key of license `A` is masked (groups of x): it matches no real one',
  },
  'unknown-organization': {
    catalog: of({ id: 'A', serialNumber: 'S', restrictions: inUnit('Legal') }),
    text: 'license `A` is restricted to the organization `Legal`, which is none: nobody can meet that',
  },
  'unknown-location': {
    catalog: of({ id: 'A', serialNumber: 'S', restrictions: { location: { unit: 'Oslo' } } }),
    text: 'license `A` is restricted to the location `Oslo`, which is none: nobody can meet that',
  },
  'ambiguous-organization': {
    catalog: of({ id: 'A', serialNumber: 'S', restrictions: inUnit('SALES') }),
    text: 'license `A` is restricted to the organization `SALES`, which may be `u-1` or `u-2`: nobody can meet that',
  },
  'ambiguous-location': {
    catalog: {
      ...of({ id: 'A', serialNumber: 'S', restrictions: { location: { unit: 'Hall' } } }),
      locations: [
        { id: 'h-1', name: 'Hall' },
        { id: 'h-2', name: 'Hall' },
      ],
    },
    text: 'license `A` is restricted to the location `Hall`, which may be `h-1` or `h-2`: nobody can meet that',
  },
  'blank-organization': {
    catalog: of({ id: 'A', serialNumber: 'S', restrictions: inUnit(' ') }),
    text: 'license `A` is restricted to an organization, but to none in particular: nobody can meet that',
  },
  'blank-location': {
    catalog: of({ id: 'A', serialNumber: 'S', restrictions: { location: { unit: '' } } }),
    text: 'license `A` is restricted to a location, but to none in particular: nobody can meet that',
  },
  'blank-device-restriction': {
    catalog: of({ id: 'A', serialNumber: 'S', restrictions: { devices: [' '], owners: ['\t'] } }),
    text: 'the devices and owners of license `A` are blank: that is no restriction',
  },
  'overlapping-organizations': {
    catalog: of(
      { id: 'A', serialNumber: 'S', restrictions: inUnit('acme', true) },
      { id: 'B', serialNumber: 'T', restrictions: inUnit('u-1') },
    ),
    text: 'of `office`, license `B` is restricted to an organization within that of license `A`, the first of which comes first by name: where both match one rule, the wider restriction wins',
  },
  'overlapping-locations': {
    catalog: {
      ...of(
        { id: 'A', serialNumber: 'S', restrictions: { location: { unit: 'hall', includeSubunits: true } } },
        { id: 'B', serialNumber: 'T', restrictions: { location: { unit: 'desk' } } },
      ),
      locations: [
        { id: 'hall', name: 'Hall' },
        { id: 'desk', name: 'Desk', parent: 'hall' },
      ],
    },
    text: 'of `office`, license `B` is restricted to a location within that of license `A`, the first of which comes first by name: where both match one rule, the wider restriction wins',
  },
  'several-main-licenses': {
    catalog: of({ id: 'A', main: true, serialNumber: 'S' }),
    text: 'tracked software `office` has 2 main licenses, in name order `A` and `M`: one is enough',
  },
  'no-main-license': {
    catalog: { software: [office], licenses: [named({ id: 'A', serialNumber: 'S' })] },
    text: 'tracked software `office` has no main license: what no other license matches waits for a person',
  },
  'per-user-main-license': {
    catalog: of({ id: 'A', main: true, metric: 'user' }),
    text: 'license `A` is a main license, but per user: no installation gets it',
  },
  'software-without-licenses': {
    catalog: { software: [office], licenses: [] },
    text: 'tracked software `office` has no license that can be allocated',
  },
  'software-without-products': {
    catalog: { software: [{ ...office, products: [] }], licenses: [] },
    text: 'tracked software `office` has no products: no installation is ever its',
  },
  'product-in-several-software': {
    catalog: { ...of(), software: [office, { ...office, id: 'old', retired: true }] },
    text: 'product `Office 24` is in tracked software `office` and `old`: those that are retired do not count',
  },
  'product-untracked': {
    catalog: of(),
    allocations: [used('pc-1', 'M', 'Visio')],
    text: 'product `Visio` is in no tracked software that is in use, but allocated to on `pc-1`',
  },
  'retired-software-with-licenses': {
    catalog: { software: [{ ...office, retired: true }], licenses: [named({ id: 'A' })] },
    text: 'tracked software `office` is retired, but license `A` is not',
  },
  'unknown-software': {
    catalog: of({ id: 'A', software: 'visio' }),
    text: 'license `A` is for tracked software `visio`, which is none',
  },
  'unknown-upgrade': {
    catalog: of({ id: 'A', serialNumber: 'S', upgradeFor: 'gone' }),
    text: 'license `A` is an upgrade for `gone`, which is none',
  },
  'unknown-license': {
    catalog: of(),
    allocations: [used('pc-2', 'gone'), used('pc-1', 'gone')],
    text: '`pc-1` and `pc-2` hold allocations of `gone`, which is none',
  },
  'expired-license': {
    catalog: of({ id: 'A', serialNumber: 'S', expires: '2026-05-14' }),
    asOf: '2026-05-15',
    text: 'license `A` expired on 2026-05-14, before 2026-05-15',
  },
  'entitlements-exceeded': {
    catalog: of({ id: 'A', serialNumber: 'S', entitlements: 1 }, { id: 'B', serialNumber: 'T', upgradeFor: 'A' }),
    allocations: [used('pc-1'), used('pc-2', 'B')],
    text: 'license `A` has 1 entitlement, and is used 1 time and 1 time by its upgrades',
  },
}

const clean: Wire = of(
  { id: 'A', serialNumber: KEY, entitlements: 2 },
  { id: 'B', restrictions: { devices: ['PC-1'], ...inUnit('u-1') }, expires: '2026-05-15' },
)

describe('every finding has an example', () => {
  for (const [code, { text, ...given }] of Object.entries(examples))
    if (code !== 'shelf-too-large')
      test(code, () => {
        const findings = analyzed(given)
        const { severity, clause } = Allocation.findingCodes[code as Allocation.FindingCode]
        expect(findings.map(Allocation.renderFinding)).toContain(`${severity}: ${text} [${code}; ${clause}]`)
        // What is told of the example is told of it alone: a clean catalog has none of it.
        expect(
          analyzed({ ...given, catalog: clean }).some((each) => each.code === code && given.allocations === undefined),
        ).toBe(false)
      })
})

test('nothing is found in a clean catalog', () => {
  const findings = analyzed({ catalog: clean, allocations: [used('pc-1')], asOf: '2026-05-15' })
  expect(Allocation.renderFindings(findings)).toBe('nothing found')
})

test('an installation gets a license that is said to win only by its name, or never, when the other is gone', () => {
  for (const code of ['never-wins', 'wins-only-by-name'] as const) {
    const { licenses, ...others } = examples[code].catalog
    const survivors = (licenses as ReadonlyArray<Wire>).filter(({ id }) => id !== 'B')
    const findings = analyzed({ catalog: { ...others, licenses: survivors } })
    expect(findings.some((finding) => finding.code === code)).toBe(false)
  }
})

const shuffled = <A>(list: ReadonlyArray<A> | undefined, seed: number): ReadonlyArray<A> =>
  [...(list ?? [])]
    .map((each, place) => ({ each, key: (Math.imul(place + 1, 2654435761 ^ seed) >>> 0) % 1009 }))
    .sort((a, b) => a.key - b.key)
    .map(({ each }) => each)

const reversedKeys = <A extends object>(record: A): A => Object.fromEntries(Object.entries(record).reverse()) as A

test('neither the order of records nor that of their keys means anything, and findings come by code and ids', () => {
  fc.assert(
    fc.property(randomWorld({ units: 6, licenses: 8, computers: 0 }), fc.nat(), (world, seed) => {
      const { catalog, options } = decode(world)
      const other: Catalog.Catalog = {
        ...catalog,
        organizations: shuffled(catalog.organizations, seed),
        locations: shuffled(catalog.locations, seed),
        software: shuffled(catalog.software, seed).map((each) => ({
          ...each,
          products: shuffled(each.products, seed),
        })),
        licenses: shuffled(catalog.licenses, seed).map(reversedKeys),
      }
      const findings = must(Allocation.analyze(options)(catalog))
      expect(must(Allocation.analyze(options)(other))).toEqual(findings)
      const codes = findings.map(({ code }) => code)
      expect(codes).toEqual([...codes].sort())
    }),
    { numRuns: 150 },
  )
})

const everyText = (value: unknown): ReadonlyArray<string> =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(everyText)
      : []

test('no serial number or key is shown, in data or in text', () => {
  const secrets = ['QX4T7-81KZM-22PWD', 'ZZ9K1-55QRT-71MNB']
  const catalog = of(...['A', 'B', 'C'].map((id) => ({ id, serialNumber: secrets[0], installationKey: secrets[1] })), {
    id: 'D',
    serialNumber: '****81KZM****',
  })
  const findings = analyzed({ catalog })
  expect(findings.length).toBeGreaterThan(3)
  for (const text of [...everyText(findings), Allocation.renderFindings(findings)])
    for (const part of ['81kzm', '55qrt', 'qx4t7', 'zz9k1']) expect(text.toLowerCase()).not.toContain(part)
})

test('a tracked software that takes too long is told, and how much of it was not asked', () => {
  // Each has hundreds of devices, and each device is in hundreds of licenses.
  const licenses = Array.from({ length: 1200 }, (_, n) => ({
    id: `L-${String(n).padStart(4, '0')}`,
    restrictions: { devices: Array.from({ length: 300 }, (_each, k) => `pc-${String((n * 7 + k) % 400)}`) },
  }))
  const findings = analyzed({ catalog: of(...licenses) })
  const large = findings.filter(({ code }: Finding.Finding) => code === 'shelf-too-large')
  expect(large.length).toBe(1)
  expect(Allocation.renderFindings(large)).toMatch(
    /tracked software `office` has 1201 licenses, of which \d+ were not asked/,
  )
})

test('a senseless option is refused, and so is a catalog that contradicts itself', () => {
  const { right: catalog } = Catalog.decode(of())
  const options = { capacity: 'sometimes' } as unknown as Allocation.AnalysisOptions
  expect(E.isLeft(Allocation.analyze(options)(catalog))).toBe(true)
  expect(E.isLeft(Allocation.analyze({ expired: 'excluded' })(catalog))).toBe(true)
  expect(O.isSome(Day.parse('2026-05-15'))).toBe(true)
})
