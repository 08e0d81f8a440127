/**
 * Values of unknown origin: good raw records in all their variety, and everything that is none.
 */
import fc from 'fast-check'
import type { entry, Raw } from '../hostile/entries.js'

// -------------------------------------------------------------------------------------
// good records
// -------------------------------------------------------------------------------------

const AWKWARD = [
  '__proto__',
  'constructor',
  'toString',
  '0',
  '10',
  ' a ',
  'İ',
  'Å',
  'A\u030a',
  '\u200b',
  '\u202ex',
  'a\nb',
  '😀',
]

/** A text that is not blank and well-formed. */
export const name: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...AWKWARD),
  fc.string({ minLength: 1, maxLength: 8 }).map((text) => `${text}.`),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 8 }).map((text) => `${text}.`),
)

/** Ways to say nothing in an optional field. */
const nothing = fc.constantFrom<unknown>(undefined, null, '', ' ', '\u00a0')

const maybe = (value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> => fc.oneof(value, value, nothing)

const anyText = fc.oneof(name, fc.constantFrom('', ' '))

const flag = fc.boolean()

/** The day or instant text of any time with a year of four digits. */
export const dayText: fc.Arbitrary<string> = fc
  .tuple(
    fc.date({ min: new Date('0000-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true }),
    fc.constantFrom(10, 24),
  )
  .map(([date, length]) => date.toISOString().slice(0, length))

const restriction = fc.record({ unit: anyText, includeSubunits: maybe(flag) }, { requiredKeys: ['unit'] })

const list = (entry: fc.Arbitrary<unknown>) => fc.array(entry, { maxLength: 4 })

const metric = fc.constantFrom('installation', 'named-computer', 'site', 'user', 'none')

/** Fields that no record of FORMAT has. */
const unknownFields = fc.dictionary(
  fc.string({ maxLength: 6 }).map((key) => `x-${key}`),
  fc.anything({ maxDepth: 2, withBigInt: true, withDate: true, withMap: true, withSet: true }),
  { maxKeys: 2 },
)

const recordOf = (fields: Readonly<Record<string, fc.Arbitrary<unknown>>>, required: ReadonlyArray<string>) =>
  fc
    .tuple(fc.record(fields, { requiredKeys: required as Array<string> }), unknownFields)
    .map(([record, unknown]): Raw => ({ ...unknown, ...record }))

const unit = recordOf({ id: name, name, parent: maybe(name) }, ['id', 'name'])

const installation = recordOf({ id: name, product: name, serialNumber: maybe(name), installationKey: maybe(name) }, [
  'id',
  'product',
])

const computer = recordOf(
  { id: name, name, kind: maybe(fc.constantFrom('computer', 'hardware')), retired: maybe(flag) },
  ['id', 'name'],
)

const LICENSE_TYPES = [
  'workspace-edition',
  'enterprise-management-pack',
  'add-on',
  'udc3',
  'ud-pocket',
  'uma',
  'isl',
  'icg',
] as const

const licenseType = fc.constantFrom(...LICENSE_TYPES)

const whole = fc.oneof(fc.maxSafeNat(), fc.nat(9), fc.constantFrom(-0, 2 ** 53 - 1))

/** Versions: numbers with dots between them. */
const version = fc
  .array(fc.constantFrom('0', '00', '6', '11', '08', '440', '12', '9007199254740993'), { minLength: 1, maxLength: 4 })
  .map((segments) => segments.join('.'))

/** The instant text of any time with a year of four digits. */
export const instantText: fc.Arbitrary<string> = fc
  .date({ min: new Date('0000-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true })
  .map((date) => date.toISOString())

const condition = fc.oneof(fc.record({ directory: name }), fc.record({ view: name }))

const deviceLicense = recordOf(
  {
    licenseType,
    addOn: maybe(name),
    source: fc.constantFrom('pack', 'starter', 'bundled'),
    pack: maybe(name),
    evaluation: maybe(flag),
    expires: maybe(dayText),
  },
  ['licenseType', 'source'],
)

const device = recordOf(
  {
    id: name,
    unitId: maybe(name),
    osVersion: version,
    registered: instantText,
    directory: maybe(name),
    views: maybe(list(name)),
    serialNumber: maybe(name),
    inRecycleBin: maybe(flag),
    lastBoot: maybe(instantText),
    licenses: maybe(list(deviceLicense)),
    openRequests: maybe(list(recordOf({ licenseType, addOn: maybe(name) }, ['licenseType']))),
  },
  ['id', 'osVersion', 'registered'],
)

const pack = recordOf(
  {
    id: name,
    licenseType,
    addOn: maybe(name),
    evaluation: maybe(flag),
    total: whole,
    allocated: whole,
    registered: dayText,
    starts: maybe(dayText),
    expires: maybe(dayText),
    distribution: maybe(
      fc.oneof(
        fc.constant({ method: 'enabled' }),
        fc.record({ method: fc.constant('conditions'), conditions: list(condition) }),
      ),
    ),
    active: maybe(flag),
    status: maybe(fc.constantFrom('ready', 'not-yet-activated', 'merged', 'archived')),
    umsIds: maybe(list(name)),
    aldToken: maybe(fc.constantFrom('valid', 'invalid')),
  },
  ['id', 'licenseType', 'total', 'allocated', 'registered'],
)

/** Settings have no unknown fields: they would be errors. */
const settings = fc.record(
  {
    umsVersion: version,
    umsId: name,
    umsIdRegistered: maybe(flag),
    licenseServerReachable: maybe(flag),
    automaticDeployment: maybe(flag),
    licenseExchange: maybe(flag),
    exchangeDaysBeforeExpiration: maybe(whole),
    hardwareBundledDeployment: maybe(flag),
    distributionConditions: maybe(list(condition)),
  },
  { requiredKeys: ['umsVersion', 'umsId'] },
)

const bundled = recordOf({ serialNumber: name, licenseType, expires: maybe(dayText), separatedTo: maybe(name) }, [
  'serialNumber',
  'licenseType',
])

const deletion = { device: name, deleteLicenses: flag, online: flag, ilpReachable: flag }

/** Good raw records of each collection. */
export const good: Readonly<Record<keyof typeof entry, fc.Arbitrary<Raw>>> = {
  organizations: unit,
  locations: unit,
  software: recordOf({ id: name, name, products: list(name), retired: maybe(flag) }, ['id', 'name', 'products']),
  licenses: recordOf(
    {
      id: name,
      name,
      software: name,
      serialNumber: maybe(name),
      installationKey: maybe(name),
      restrictions: maybe(
        fc.record(
          {
            devices: maybe(list(anyText)),
            owners: maybe(list(anyText)),
            organization: maybe(restriction),
            location: maybe(restriction),
          },
          { requiredKeys: [] },
        ),
      ),
      main: maybe(flag),
      metric: maybe(metric),
      entitlements: maybe(fc.oneof(fc.maxSafeNat(), fc.nat(9), fc.constantFrom(-0, 2 ** 53 - 1))),
      upgradeFor: maybe(name),
      expires: maybe(dayText),
      retired: maybe(flag),
    },
    ['id', 'name', 'software'],
  ),
  snapshots: recordOf(
    {
      computer,
      owner: maybe(name),
      organization: maybe(name),
      location: maybe(name),
      installations: maybe(fc.uniqueArray(installation, { maxLength: 3, selector: ({ id }) => id })),
    },
    ['computer'],
  ),
  installations: installation,
  directories: unit,
  packs: pack,
  devices: device,
}

/** Changes of a record: any of its fields, and null where one may be absent. */
const changesOf = (record: fc.Arbitrary<Raw>, ...required: ReadonlyArray<string>): fc.Arbitrary<Raw> =>
  record.map((fields) =>
    Object.fromEntries(Object.entries(fields).filter(([field]) => field !== 'id' && !required.includes(field))),
  )

const event = (
  kind: string,
  fields: Readonly<Record<string, fc.Arbitrary<unknown>>>,
  ...optional: ReadonlyArray<string>
) =>
  recordOf({ at: instantText, kind: fc.constant(kind), ...fields }, [
    'at',
    'kind',
    ...Object.keys(fields).filter((field) => !optional.includes(field)),
  ])

/** Good raw records of deployment that are in no collection. */
export const goodDeployment = {
  settings: settings as fc.Arbitrary<Raw>,
  bundled,
  deviceLicense,
  condition: condition as fc.Arbitrary<Raw>,
  decision: recordOf(
    {
      device: name,
      licenseType,
      addOn: maybe(name),
      action: fc.constantFrom('assign', 'renew', 'exchange', 'deploy-bundled', 'none'),
      pack: maybe(name),
      expires: maybe(dayText),
      reason: maybe(fc.constantFrom('not-due', 'perpetual', 'no-pack', 'token-invalid')),
    },
    ['device', 'licenseType', 'action'],
  ),
  operation: fc
    .tuple(
      recordOf({ key: name, device: name, license: deviceLicense }, ['key', 'device', 'license']),
      fc.constantFrom('assign', 'renew', 'exchange', 'deploy-bundled'),
      name,
    )
    .map(([operation, action, given]): Raw => ({
      ...operation,
      action,
      license: {
        ...(operation['license'] as Raw),
        ...(action === 'deploy-bundled' ? { source: 'bundled' } : { source: 'pack', pack: given }),
      },
    })),
  estate: recordOf(
    {
      settings,
      directories: maybe(list(unit)),
      packs: list(pack),
      devices: list(device),
      bundled: maybe(list(bundled)),
    },
    ['settings', 'packs', 'devices'],
  ),
  event: fc.oneof(
    event('register', { device }),
    event('reboot', { device: name }),
    event('device', { device: name, changes: changesOf(device) }),
    event('settings', { changes: changesOf(settings as fc.Arbitrary<Raw>) }),
    event('refresh', { pack: name, changes: changesOf(pack) }),
    event('remove-pack', { pack: name }),
    event('delete', deletion),
    event('check', { devices: maybe(list(name)) }, 'devices'),
  ),
}

const OUTCOMES = ['allocated', 'kept', 'unreconciled', 'untracked', 'skipped'] as const
const RULES = ['1.1', '1.2', '1.3', '2.1', '2.2', '2.3', '2.4', '2.5', '2.6', '2.7', '2.8', '3.1', '3.2', '3.3', '4']

/** Good raw records that are in no collection. */
export const goodOthers = {
  allocation: recordOf(
    {
      computer: name,
      product: name,
      license: name,
      installation: maybe(name),
      origin: fc.constantFrom('automatic', 'manual'),
      deallocateAutomatically: maybe(flag),
    },
    ['computer', 'product', 'license', 'origin'],
  ),
  decision: recordOf(
    {
      computer: name,
      installation: name,
      product: name,
      outcome: fc.constantFrom(...OUTCOMES),
      license: maybe(name),
      rule: maybe(fc.constantFrom(...RULES)),
      tied: maybe(list(name)),
      violations: maybe(list(fc.constantFrom('device', 'organization', 'location'))),
      warnings: maybe(list(fc.constantFrom('several-mains', 'ambiguous-organization', 'ambiguous-location'))),
      reason: maybe(fc.constantFrom('hardware', 'retired-computer')),
    },
    ['computer', 'installation', 'product', 'outcome'],
  ),
  // Unknown options are errors: nothing but the known ones.
  policy: fc.record(
    {
      restrictions: maybe(fc.constantFrom('as-documented', 'strict')),
      keyMatches: maybe(fc.constantFrom('ignore-restrictions', 'honor-restrictions')),
      mainLicense: maybe(fc.constantFrom('ignore-restrictions', 'honor-restrictions')),
      text: maybe(fc.constantFrom('case-insensitive', 'exact')),
      capacity: maybe(fc.constantFrom('unlimited', 'enforced')),
      existing: maybe(fc.constantFrom('keep', 'reevaluate-automatic', 'reevaluate-all')),
      expired: maybe(fc.constantFrom('eligible', 'excluded')),
      severalMains: maybe(fc.constantFrom('first-by-name', 'none')),
    },
    { requiredKeys: [] },
  ),
  catalog: recordOf(
    {
      organizations: maybe(list(unit)),
      locations: maybe(list(unit)),
      software: list(recordOf({ id: name, name, products: list(name) }, ['id', 'name', 'products'])),
      licenses: list(recordOf({ id: name, name, software: name, expires: maybe(dayText) }, ['id', 'name', 'software'])),
    },
    ['software', 'licenses'],
  ),
}

// -------------------------------------------------------------------------------------
// everything else
// -------------------------------------------------------------------------------------

/** A value that answers questions may be asked only once: it is made anew for every use. */
export type Recipe = () => unknown

/** A recipe that says what it makes when a property fails. */
const recipe = (label: string, make: Recipe): Recipe =>
  Object.assign(() => make(), { [fc.toStringMethod]: () => label })

const FIELDS = [
  'id',
  'name',
  'computer',
  'product',
  'products',
  'software',
  'installations',
  'licenses',
  'restrictions',
  'expires',
]

/** Texts with halves of surrogate pairs, which generators of strings seldom make. */
const anyString = fc.oneof(
  fc.string(),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 80 }).map((units) => String.fromCharCode(...units)),
)

const plain: fc.Arbitrary<unknown> = fc.anything({
  key: fc.oneof(
    fc.constantFrom(...FIELDS),
    fc.constantFrom('__proto__', 'toJSON', 'then', 'length'),
    fc.string({ maxLength: 4 }),
  ),
  values: [fc.integer(), fc.double(), fc.boolean(), anyString, fc.constantFrom(null, undefined)],
  maxDepth: 3,
  withBigInt: true,
  withBoxedValues: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withObjectString: true,
  withSet: true,
  withSparseArray: true,
  withTypedArray: true,
})

const failure = new Error('no')

/** Traps of a proxy that are patient a few times and then throw, or answer something else. */
const moody = (target: object, patience: number, tag: unknown): unknown => {
  let asked = 0
  const answer = <A>(honest: A): A => {
    asked += 1
    if (asked > patience) throw failure
    return honest
  }
  return new Proxy(target, {
    get: (_, key) => answer(key === Symbol.toStringTag ? tag : Reflect.get(target, key)),
    getOwnPropertyDescriptor: (_, key) => answer(Reflect.getOwnPropertyDescriptor(target, key)),
    getPrototypeOf: () => answer(Reflect.getPrototypeOf(target)),
    has: (_, key) => answer(Reflect.has(target, key)),
    ownKeys: () => answer(Reflect.ownKeys(target)),
  })
}

const revoked = (target: object): unknown => {
  const { proxy, revoke } = Proxy.revocable(target, {})
  revoke()
  return proxy
}

const cyclic = (field: string): unknown => {
  const record: Raw = {}
  const list: Array<unknown> = [record]
  record[field] = list
  return record
}

const deep = (levels: number): unknown => {
  let nested: unknown = 'x'
  for (let level = 0; level < levels; level += 1) nested = level % 2 === 0 ? [nested] : { id: nested }
  return nested
}

const field = fc.constantFrom(...FIELDS)

const target = fc.oneof(
  plain.filter((value): value is object => typeof value === 'object' && value !== null),
  fc.constantFrom<object>(new Date(0), new Map(), [], {}, () => 'x'),
)

const show = fc.stringify

const tricks: fc.Arbitrary<Recipe> = fc.oneof(
  fc
    .tuple(target, fc.nat(12), fc.constantFrom<unknown>(undefined, 'Date', 'Map', 'Array', 7))
    .map(([value, patience, tag]) =>
      recipe(`moody(${show(value)}, ${patience}, ${show(tag)})`, () => moody(value, patience, tag)),
    ),
  target.map((value) => recipe(`revoked(${show(value)})`, () => revoked(value))),
  field.map((key) => recipe(`cyclic(${key})`, () => cyclic(key))),
  fc.integer({ min: 60, max: 3000 }).map((levels) => recipe(`deep(${levels})`, () => deep(levels))),
  fc.tuple(field, fc.boolean()).map(([key, throws]) =>
    recipe(`{ get ${key}${throws ? ' and throw' : ''} }`, () =>
      Object.defineProperty({}, key, {
        enumerable: true,
        get: () => {
          if (throws) throw failure
          return 'x'
        },
      }),
    ),
  ),
  field.map((key) => recipe(`inherited ${key}`, () => Object.create({ [key]: 'inherited' }))),
  fc.constantFrom(
    recipe('function', () => () => 'x'),
    recipe('symbol', () => Symbol('x')),
    recipe('bigint', () => 10n ** 50n),
    recipe('WeakMap', () => new WeakMap()),
    recipe('Promise', () => Promise.resolve('x')),
    recipe('proxy of a function', () => new Proxy(() => 'x', {})),
    recipe('frozen list', () => Object.freeze([])),
    recipe('holes', () => new Array(3)),
    recipe('long text', () => 'x'.repeat(70_000)),
  ),
)

/** Anything: plain values, tricks, and tricks within plain records. */
export const anything: fc.Arbitrary<Recipe> = fc.oneof(
  plain.map((value) => recipe(show(value), () => value)),
  tricks,
  fc
    .tuple(fc.dictionary(field, plain, { maxKeys: 3 }), field, tricks)
    .map(([record, key, trick]) =>
      recipe(`{ ...${show(record)}, ${key}: ${show(trick)} }`, () => ({ ...record, [key]: trick() })),
    ),
  fc
    .tuple(fc.array(plain, { maxLength: 3 }), tricks)
    .map(([list, trick]) => recipe(`[...${show(list)}, ${show(trick)}]`, () => [...list, trick()])),
)
