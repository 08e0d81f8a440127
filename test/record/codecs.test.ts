/**
 * The io-ts codecs of the records (property B4): what they accept they write, what they write they accept, and their
 * errors say what the rejections of a decoder say.
 */
import { either as E } from 'fp-ts'
import fc from 'fast-check'
import type * as t from 'io-ts'
import {
  Allocation,
  AllocationPolicy,
  AuditSnapshot,
  Catalog,
  BundledLicense,
  Decision,
  DeploymentDecision,
  DeploymentEvent,
  DeploymentOperation,
  DeploymentSettings,
  Device,
  Directory,
  DistributionCondition,
  Estate,
  ProductPack,
  SoftwareLicense,
  Text,
  TrackedSoftware,
  Unit,
} from 'seatwise'
import { describe, expect, test } from 'vitest'
import { entry, type Raw } from '../hostile/entries.js'
import { anything, good, goodDeployment, goodOthers } from './arbitraries.js'
import { allFields, withValueAt, written } from './fields.js'

interface Codec {
  readonly name: string
  readonly codec: t.Type<unknown, unknown>
  readonly raw: fc.Arbitrary<Raw>
}

const codecOf = <A>(name: string, codec: t.Type<A, unknown>, raw: fc.Arbitrary<Raw>): Codec => ({
  name,
  codec: codec as t.Type<unknown, unknown>,
  raw,
})

const codecs: ReadonlyArray<Codec> = [
  codecOf('Unit', Unit.Unit, good.organizations),
  codecOf('TrackedSoftware', TrackedSoftware.TrackedSoftware, good.software),
  codecOf('SoftwareLicense', SoftwareLicense.SoftwareLicense, good.licenses),
  codecOf('AuditSnapshot', AuditSnapshot.AuditSnapshot, good.snapshots),
  codecOf('Allocation', Allocation.Allocation, goodOthers.allocation),
  codecOf('AllocationPolicy', AllocationPolicy.AllocationPolicy, goodOthers.policy as fc.Arbitrary<Raw>),
  codecOf('Decision', Decision.Decision, goodOthers.decision),
  codecOf('Catalog', Catalog.Catalog, goodOthers.catalog),
  codecOf('Directory', Directory.Directory, good.directories),
  codecOf('ProductPack', ProductPack.ProductPack, good.packs),
  codecOf('Device', Device.Device, good.devices),
  codecOf('DeviceLicense', Device.DeviceLicense, goodDeployment.deviceLicense),
  codecOf('BundledLicense', BundledLicense.BundledLicense, goodDeployment.bundled),
  codecOf(
    'DistributionCondition',
    DistributionCondition.DistributionCondition as t.Type<unknown, unknown>,
    goodDeployment.condition,
  ),
  codecOf('DeploymentSettings', DeploymentSettings.DeploymentSettings, goodDeployment.settings),
  codecOf('DeploymentDecision', DeploymentDecision.DeploymentDecision, goodDeployment.decision),
  codecOf('DeploymentOperation', DeploymentOperation.DeploymentOperation, goodDeployment.operation),
  codecOf('DeploymentEvent', DeploymentEvent.DeploymentEvent as t.Type<unknown, unknown>, goodDeployment.event),
  codecOf('Estate', Estate.Estate, goodDeployment.estate),
]

const decoded = (codec: Codec['codec'], raw: unknown): unknown => {
  const result = codec.decode(raw)
  return E.isRight(result) ? result.right : expect.fail(result.left.map(({ message }) => message).join())
}

/** The errors as code and path. */
const toldBy = (errors: t.Errors) =>
  errors.map(({ message = '', context }) => [
    message.split(':')[0],
    context
      .slice(1)
      .map(({ key }) => key)
      .join('.'),
  ])

describe.each(codecs)('the codec of $name', ({ name, codec, raw }) => {
  test('is named after it', () => {
    expect(codec.name).toBe(name)
  })

  test('reads what it writes as the same value (B4)', () => {
    fc.assert(
      fc.property(raw, (record) => {
        const value = decoded(codec, record)
        expect(codec.decode(codec.encode(value))).toStrictEqual(E.right(value))
      }),
    )
  })

  test('writes plain JSON, which it reads as the same value (B4)', () => {
    fc.assert(
      fc.property(raw, (record) => {
        const value = decoded(codec, record)
        const wire = codec.encode(value)
        const json = JSON.stringify(wire)
        expect(JSON.parse(json)).toStrictEqual(wire)
        expect(codec.decode(JSON.parse(json))).toStrictEqual(E.right(value))
      }),
    )
  })

  test('brings raw input to a normal form that it leaves alone (B4)', () => {
    fc.assert(
      fc.property(raw, (record) => {
        const normal = codec.encode(decoded(codec, record))
        expect(codec.encode(decoded(codec, normal))).toStrictEqual(normal)
      }),
    )
  })

  test('knows what it has read, and what it has not', () => {
    fc.assert(
      fc.property(raw, (record) => {
        expect(codec.is(decoded(codec, record))).toBe(true)
      }),
    )
    for (const other of [undefined, null, 7, 'x', true, () => ({}), Symbol('x'), 7n])
      expect(codec.is(other)).toBe(false)
  })

  test('has an answer for every value, and tells of each fault what and where (B3)', () => {
    fc.assert(
      fc.property(anything, (make) => {
        const result = codec.decode(make())
        if (E.isRight(result)) expect(codec.is(result.right)).toBe(true)
        else {
          expect(result.left.length).toBeGreaterThan(0)
          for (const { message } of result.left) expect(message).toMatch(/^[a-z-]+: ./)
        }
      }),
      { numRuns: 300 },
    )
  })

  test('keeps no field that FORMAT does not have', () => {
    // An unknown option or setting is an error.
    if (name === 'AllocationPolicy' || name === 'DeploymentSettings') return
    fc.assert(
      fc.property(raw, (record) => {
        const odd = { ...record, extra: 1, toJSON: () => 'EVIL', constructor: 'x' }
        expect(codec.decode(odd)).toStrictEqual(codec.decode(record))
        expect(JSON.stringify(codec.encode(decoded(codec, odd)))).not.toContain('EVIL')
      }),
    )
  })
})

// -------------------------------------------------------------------------------------
// guards
// -------------------------------------------------------------------------------------

const byCollection = {
  organizations: Unit.Unit,
  locations: Unit.Unit,
  software: TrackedSoftware.TrackedSoftware,
  licenses: SoftwareLicense.SoftwareLicense,
  snapshots: AuditSnapshot.AuditSnapshot,
  directories: Directory.Directory,
  packs: ProductPack.ProductPack,
  devices: Device.Device,
} as const

const inCollections = allFields.filter(
  (field): field is typeof field & { readonly collection: keyof typeof byCollection } =>
    field.collection !== 'installations',
)

describe('a defect is told by the codec of the record as by the decoder of the collection', () => {
  test.each(
    inCollections.map((field) => [`${field.collection}${written(field.path).replace(/^\./, ': ')}`, field] as const),
  )('in %s', (_, { collection, path, wrong }) => {
    const each = entry[collection]
    for (const { make, code } of wrong) {
      const result = byCollection[collection].decode(withValueAt(path, each.good('r-1'), make()))
      expect(E.isLeft(result) && toldBy(result.left)).toEqual([[code, path.join('.')]])
    }
  })

  test('with every fault of a record, and the value that was found', () => {
    const result = SoftwareLicense.SoftwareLicense.decode({ id: 7, name: ' ', entitlements: -1, expires: '2024-02-30' })
    expect(E.isLeft(result) && toldBy(result.left)).toEqual([
      ['type', 'id'],
      ['blank', 'name'],
      ['missing', 'software'],
      ['range', 'entitlements'],
      ['date', 'expires'],
    ])
    expect(E.isLeft(result) && result.left.map(({ value }) => value)).toEqual([7, ' ', undefined, -1, '2024-02-30'])
  })

  test('with the way from the record to the value, within other records', () => {
    const license = { ...entry.licenses.good('L-1'), restrictions: { organization: { unit: 7 } } }
    const result = Catalog.Catalog.decode({ software: [], licenses: [entry.licenses.good('L-0'), license] })
    expect(E.isLeft(result) && toldBy(result.left)).toEqual([['type', 'licenses.1.restrictions.organization.unit']])
  })

  test('an option that is unknown is an error of the policy', () => {
    const result = AllocationPolicy.AllocationPolicy.decode({ restriction: 'strict' })
    expect(E.isLeft(result) && toldBy(result.left)).toEqual([['unknown-option', 'restriction']])
  })
})

describe('a guard lets nothing pass that could not be written and read again', () => {
  const license = decoded(SoftwareLicense.SoftwareLicense as t.Type<unknown>, entry.licenses.good('L-1'))

  const passes = (changes: Raw): boolean => SoftwareLicense.SoftwareLicense.is({ ...(license as Raw), ...changes })

  test.each<readonly [string, Raw]>([
    ['a missing id', { id: undefined }],
    ['a blank name', { name: ' ' }],
    ['a number for a text', { software: 7 }],
    ['null for an absent field', { metric: null }],
    ['an unknown word', { metric: 'processor' }],
    ['a fraction', { entitlements: 1.5 }],
    ['a negative count', { entitlements: -1 }],
    ['an unsafe count', { entitlements: 2 ** 53 }],
    ['NaN', { entitlements: Number.NaN }],
    ['a day in words', { expires: '2027-03-31' }],
    ['a day with a fraction', { expires: 20_000.5 }],
    ['a text for a flag', { main: 'yes' }],
    ['a restriction without its unit', { restrictions: { organization: {} } }],
    ['a text for a list', { restrictions: { devices: 'PC-1' } }],
    ['a list of numbers', { restrictions: { devices: [7] } }],
  ])('not %s', (_, changes) => {
    expect(passes({})).toBe(true)
    expect(passes(changes)).toBe(false)
  })

  test.each([2_932_897, -719_529, 1e15])('not a day beyond the years of four digits: %i', (expires) => {
    expect(passes({ expires: 2_932_896 })).toBe(true)
    expect(passes({ expires })).toBe(false)
  })

  test('not half a character', () => {
    expect(passes({ name: '\ud800' })).toBe(false)
    expect(passes({ restrictions: { owners: ['a\udfff'] } })).toBe(false)
  })

  test('and throws at nobody', () => {
    const hostile = {
      get id(): never {
        throw new Error('never run this')
      },
    }
    const { proxy, revoke } = Proxy.revocable({}, {})
    revoke()
    for (const { codec } of codecs) for (const value of [hostile, proxy]) expect(codec.is(value)).toBe(false)
  })
})

// -------------------------------------------------------------------------------------
// what is read
// -------------------------------------------------------------------------------------

test('text is kept as it is; only its form is normal, and normal once for all (B5)', () => {
  const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('J\u030c', 'j\u030c', '\u01f0', '\u0130\u0307'))
  fc.assert(
    fc.property(texts, fc.constantFrom('exact', 'case-insensitive'), (text, mode) => {
      const form = Text.form(mode)
      expect(form(form(text))).toBe(form(text))
      const unit = Unit.Unit.decode({ id: `${text}.`, name: ` ${text}.` })
      expect(unit).toStrictEqual(E.right({ id: `${text}.`, name: ` ${text}.` }))
    }),
  )
})

describe('a day is a number inside and a text outside', () => {
  test('whether it was given as a day or as an instant', () => {
    for (const expires of ['2027-03-31', '2027-03-31T23:59:59.999Z', '2027-03-31t00:00:00+00:00']) {
      const license = decoded(SoftwareLicense.SoftwareLicense as t.Type<unknown>, {
        ...entry.licenses.good('L-1'),
        expires,
      })
      expect(license).toMatchObject({ expires: 20_908 })
      expect(SoftwareLicense.SoftwareLicense.encode(license as SoftwareLicense.SoftwareLicense)).toMatchObject({
        expires: '2027-03-31',
      })
    }
  })
})

test('a whole catalog or snapshot is accepted or refused as a whole, unlike by its decoder', () => {
  const bad = { software: [], licenses: [entry.licenses.good('L-1'), { id: 'L-2' }] }
  expect(E.isLeft(Catalog.Catalog.decode(bad))).toBe(true)
  expect(Catalog.decode(bad).right.licenses.length).toBe(1)
  const snapshot = { computer: { id: 'pc-1', name: 'PC-1' }, installations: [{ id: 'i-1' }] }
  expect(E.isLeft(AuditSnapshot.AuditSnapshot.decode(snapshot))).toBe(true)
  expect(AuditSnapshot.decodeAll([snapshot]).right.length).toBe(1)
})

test('codec and decoder read a good catalog, and a good list of snapshots, alike (B4)', () => {
  fc.assert(
    fc.property(goodOthers.catalog, (raw) => {
      const whole = decoded(Catalog.Catalog as t.Type<unknown>, raw) as Catalog.Catalog
      const { left, right } = Catalog.decode(raw)
      const distinct = left.length === 0
      expect(left.every(({ code }) => code === 'duplicate')).toBe(true)
      if (distinct) expect(right).toStrictEqual({ organizations: [], locations: [], ...whole })
    }),
  )
  fc.assert(
    fc.property(good.snapshots, (raw) => {
      expect(AuditSnapshot.decodeAll([raw]).right).toStrictEqual([
        decoded(AuditSnapshot.AuditSnapshot as t.Type<unknown>, raw),
      ])
    }),
  )
})
