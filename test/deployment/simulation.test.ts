/**
 * Histories: lazy, readable again, in the order of time; and what they say about the future (deployment.md, section 16).
 */
import { either as E, option as O } from 'fp-ts'
import { Day, Deployment, DeploymentEvent, Estate, Instant } from 'seatwise'
import { describe, expect, test } from 'vitest'

const instant = (text: string): Instant.Instant => O.getOrElseW(() => expect.fail(text))(Instant.parse(text))

const must = <A>(result: E.Either<unknown, A>): A =>
  E.isRight(result) ? result.right : expect.fail(JSON.stringify(result.left))

const settings = { umsVersion: '12.10.100', umsId: 'U', automaticDeployment: true }

const pack = (id: string, fields: object = {}) => ({
  id,
  licenseType: 'workspace-edition',
  total: 2,
  allocated: 0,
  registered: '2025-06-01',
  umsIds: ['U'],
  ...fields,
})

const device = (id: string, fields: object = {}) => ({
  id,
  unitId: `00E0C5-${id}`,
  osVersion: '12.5.0',
  registered: '2026-01-15T08:00:00Z',
  ...fields,
})

const from = (id: string, expires: string) => ({ licenseType: 'workspace-edition', source: 'pack', pack: id, expires })

const START = '2026-03-10T03:00:00Z'

const simulated = (
  estate: {
    readonly settings?: object
    readonly packs: ReadonlyArray<object>
    readonly devices: ReadonlyArray<object>
  },
  events: ReadonlyArray<object>,
  horizon: string,
) => {
  const decoded = must(Estate.decode({ settings, ...estate })).right
  return must(Deployment.simulate(decoded, must(DeploymentEvent.decodeAll(events)), instant(horizon), instant(START)))
}

const storyOf = (history: Deployment.History) =>
  [...history].flatMap((moment) =>
    moment.kind === 'start' || moment.kind === 'end'
      ? []
      : moment.decisions.map((each) => `${Instant.show(moment.at)} ${each.device} ${each.action} ${each.pack ?? ''}`),
  )

describe('a history', () => {
  test('is made while it is read: a million years ahead cost nothing until somebody asks', () => {
    const history = simulated({ packs: [], devices: [device('d')] }, [], '9999-12-31T00:00:00Z')
    const first: Array<string> = []
    for (const { kind, at } of history) {
      first.push(`${kind} ${Instant.show(at)}`)
      if (first.length === 3) break
    }
    expect(first).toEqual([
      'start 2026-03-10T03:00:00Z',
      'full-check 2026-03-11T03:00:00Z',
      'full-check 2026-03-12T03:00:00Z',
    ])
  })

  test('can be read again, and two readers do not see each other', () => {
    const history = simulated({ packs: [pack('P')], devices: [device('a'), device('b')] }, [], '2026-03-20T00:00:00Z')
    const one = history[Symbol.iterator]()
    one.next()
    const whole = [...history]
    expect([...history]).toEqual(whole)
    expect([one.next().value, one.next().value]).toEqual(whole.slice(1, 3))
  })

  test('checks devices that are due at one instant together, in the order of their registration', () => {
    const estate = {
      packs: [pack('P', { total: 1 })],
      devices: [
        device('young', { registered: '2026-03-10T04:00:00Z', inRecycleBin: true }),
        device('old', { registered: '2026-03-10T03:30:00Z', inRecycleBin: true }),
      ],
    }
    const events = ['young', 'old'].flatMap((id) => [
      { at: '2026-03-10T05:00:00Z', kind: 'device', device: id, changes: { inRecycleBin: null } },
      { at: '2026-03-10T05:00:00Z', kind: 'reboot', device: id },
    ])
    expect(storyOf(simulated(estate, events, '2026-03-10T06:00:00Z'))).toEqual(['2026-03-10T05:05:00Z old assign P'])
  })

  test('begins with the devices that the last full check has not seen (ALD-64, 65)', () => {
    const estate = {
      packs: [pack('P', { total: 9 })],
      devices: [
        device('seen', { registered: START }),
        device('new', { registered: '2026-03-10T09:00:00Z' }),
        device('booted', { lastBoot: '2026-03-10T08:00:00Z' }),
      ],
    }
    expect(storyOf(simulated(estate, [], '2026-03-11T03:00:00Z'))).toEqual([
      '2026-03-10T08:05:00Z booted assign P',
      '2026-03-10T09:00:30Z new assign P',
      '2026-03-11T03:00:00Z seen assign P',
    ])
  })

  test('registers a device anew in the place of the one with its id', () => {
    const estate = { packs: [pack('P')], devices: [device('d', { licenses: [from('P', '2027-01-01')] })] }
    const events = [{ at: '2026-03-10T05:00:00Z', kind: 'register', device: device('d') }]
    const moments = [...simulated(estate, events, '2026-03-10T06:00:00Z')]
    const end = moments.at(-1)
    expect(end?.kind === 'end' ? end.estate.devices.map(({ licenses }) => licenses?.length) : []).toEqual([1])
    expect(end?.kind === 'end' ? end.estate.devices.map(({ registered }) => Instant.show(registered)) : []).toEqual([
      '2026-03-10T05:00:00Z',
    ])
  })

  test('tells of a deletion what became of the licenses', () => {
    const estate = {
      packs: [pack('P', { allocated: 1 })],
      devices: [device('d', { licenses: [from('P', '2027-01-01')] })],
    }
    const deletion = { kind: 'delete', device: 'd', deleteLicenses: true, online: false, ilpReachable: true }
    const events = [
      { at: '2026-03-10T05:00:00Z', ...deletion },
      { at: '2026-03-10T05:30:00Z', ...deletion },
    ]
    const told = [...simulated(estate, events, '2026-03-10T06:00:00Z')].flatMap((moment) =>
      moment.kind === 'event' ? [moment.deleted] : [],
    )
    expect(told).toEqual([{ status: 'returned', onDevice: 'stays', freed: ['P'] }, undefined])
  })
})

test('where there is nothing to check for no check is told, and its rhythm goes on', () => {
  const off = { ...settings, automaticDeployment: false }
  const events = [{ at: '2026-03-12T12:00:00Z', kind: 'settings', changes: { automaticDeployment: true } }]
  const moments = [...simulated({ settings: off, packs: [], devices: [] }, events, '2026-03-14T12:00:00Z')]
  expect(moments.map(({ kind, at }) => `${kind} ${Instant.show(at)}`)).toEqual([
    'start 2026-03-10T03:00:00Z',
    'event 2026-03-12T12:00:00Z',
    'full-check 2026-03-13T03:00:00Z',
    'full-check 2026-03-14T03:00:00Z',
    'end 2026-03-14T12:00:00Z',
  ])
})

test('a horizon before the last full check is refused', () => {
  const early = Deployment.simulate(
    must(Estate.decode({ settings, packs: [], devices: [] })).right,
    [],
    instant('2026-03-09T00:00:00Z'),
    instant(START),
  )
  expect(E.isLeft(early) && early.left.map(({ code, path }) => [code, path])).toEqual([['range', 'horizon']])
})

describe('devices for which nothing can be done are passed over, and seen again', () => {
  const expired = device('d', { licenses: [from('GONE', '2026-03-01')] })
  const days = (text: string) => text.slice(0, 10)
  const firstDay = (
    estate: Parameters<typeof simulated>[0],
    events: ReadonlyArray<object> = [],
    horizon = '2026-12-31T00:00:00Z',
  ) => storyOf(simulated(estate, events, horizon)).map(days)[0]

  test('when a pack starts', () => {
    expect(firstDay({ packs: [pack('P', { starts: '2026-07-01' })], devices: [device('d')] })).toBe('2026-07-01')
  })

  test('on the day on which an exchange is due', () => {
    const held = device('d', { licenses: [from('GONE', '2026-08-31')] })
    const exchange = { ...settings, licenseExchange: true, exchangeDaysBeforeExpiration: 30 }
    expect(firstDay({ settings: exchange, packs: [pack('P')], devices: [held] })).toBe('2026-08-01')
  })

  test('on the day after another base license ends (ALD-27)', () => {
    const isl = { licenseType: 'isl', source: 'pack', pack: 'GONE', expires: '2026-05-31' }
    expect(firstDay({ packs: [pack('P')], devices: [device('d', { licenses: [isl] })] })).toBe('2026-06-01')
  })

  test.each([
    ['a setting changes', { kind: 'settings', changes: { licenseExchange: true } }, '2026-04-02'],
    ['a pack arrives', { kind: 'refresh', pack: 'Q', changes: { ...pack('Q'), licenseType: 'udc3' } }, undefined],
    ['the device changes', { kind: 'device', device: 'd', changes: { licenses: null } }, '2026-04-02'],
  ])('when %s', (_, event, expected) => {
    const events = [{ at: '2026-04-01T12:00:00Z', ...event }]
    expect(firstDay({ packs: [pack('P')], devices: [expired] }, events)).toBe(expected)
  })

  test('when a license comes back', () => {
    const holder = device('holder', { registered: '2025-01-01T00:00:00Z', licenses: [from('P', '2027-01-01')] })
    const full = pack('P', { total: 1, allocated: 1, expires: '2027-01-01' })
    const deletion = { kind: 'delete', device: 'holder', deleteLicenses: true, online: true, ilpReachable: true }
    const events = [{ at: '2026-04-01T12:00:00Z', ...deletion }]
    expect(firstDay({ packs: [full], devices: [holder, device('d')] }, events)).toBe('2026-04-02')
  })

  test('when what was done for it can be followed by more (section 11)', () => {
    const exchange = { ...settings, licenseExchange: true, exchangeDaysBeforeExpiration: 7 }
    const [short, long] = [
      pack('A', { allocated: 1, expires: '2026-03-12' }),
      pack('B', { allocated: 0, expires: '2026-10-31' }),
    ]
    const story = storyOf(
      simulated({ settings: exchange, packs: [short, long], devices: [device('d')] }, [], '2026-03-13T00:00:00Z'),
    )
    expect(story).toEqual(['2026-03-11T03:00:00Z d assign A', '2026-03-12T03:00:00Z d exchange B'])
  })
})

describe('a forecast', () => {
  const estate = {
    packs: [pack('A', { allocated: 1, expires: '2026-05-31' }), pack('B', { total: 1, expires: '2027-05-31' })],
    devices: [
      device('one', { licenses: [from('A', '2026-05-31')] }),
      device('two'),
      device('three'),
      device('never', { unitId: null }),
    ],
  }

  test('says when packs run out, and who loses cover from which day on', () => {
    const { packs, lapses } = Deployment.forecast(simulated(estate, [], '2026-12-31T00:00:00Z'))
    expect(packs).toEqual([
      { pack: 'A', total: 2, allocated: 2, runsOut: instant('2026-03-11T03:00:00Z') },
      { pack: 'B', total: 1, allocated: 1, runsOut: instant('2026-03-11T03:00:00Z') },
    ])
    expect(lapses.map(({ device: id, from: day, until, packs: held }) => [id, Day.show(day), until, held])).toEqual([
      ['one', '2026-06-01', undefined, ['A']],
      ['three', '2026-06-01', undefined, ['A']],
    ])
  })

  test('ends a lapse on the day on which the device is licensed again', () => {
    const events = [{ at: '2026-06-15T12:00:00Z', kind: 'refresh', pack: 'A', changes: { expires: '2027-05-31' } }]
    const { lapses } = Deployment.forecast(simulated(estate, events, '2026-12-31T00:00:00Z'))
    expect(lapses.map(({ device: id, from: first, until }) => [id, Day.show(first), until && Day.show(until)])).toEqual(
      [
        ['one', '2026-06-01', '2026-06-15'],
        ['three', '2026-06-01', '2026-06-15'],
      ],
    )
  })

  test('has no lapse where a license is followed by another without a day between', () => {
    const exchange = { ...settings, licenseExchange: true }
    const { lapses } = Deployment.forecast(
      simulated(
        { settings: exchange, packs: [pack('B', { expires: '2028-05-31' })], devices: [estate.devices[0] ?? {}] },
        [],
        '2026-12-31T00:00:00Z',
      ),
    )
    expect(lapses).toEqual([])
  })

  test('does not call it a loss that a device was not covered before, or is deleted', () => {
    const expired = device('expired', { licenses: [from('GONE', '2026-03-09')] })
    const deleted = device('deleted', { licenses: [from('GONE', '2026-04-09')] })
    const events = [
      {
        at: '2026-04-09T12:00:00Z',
        kind: 'delete',
        device: 'deleted',
        deleteLicenses: false,
        online: true,
        ilpReachable: true,
      },
    ]
    expect(
      Deployment.forecast(simulated({ packs: [], devices: [expired, deleted] }, events, '2026-12-31T00:00:00Z')).lapses,
    ).toEqual([])
  })

  test('takes what is taken away on the day of the start for a loss, and what never was for none', () => {
    const covered = device('covered', { licenses: [from('GONE', '2027-01-01')] })
    const events = [
      { at: '2026-03-10T12:00:00Z', kind: 'device', device: 'covered', changes: { licenses: null } },
      {
        at: '2026-03-20T12:00:00Z',
        kind: 'register',
        device: device('late', { licenses: [from('GONE', '2026-03-17')] }),
      },
    ]
    const { lapses } = Deployment.forecast(simulated({ packs: [], devices: [covered] }, events, '2026-12-31T00:00:00Z'))
    expect(lapses.map(({ device: id, from: day }) => [id, Day.show(day)])).toEqual([['covered', '2026-03-10']])
  })

  test('a lapse that is only moved was not prevented', () => {
    const lost = device('d', { licenses: [from('P', '2026-03-20')] })
    const events = [
      { at: '2026-03-22T12:00:00Z', kind: 'refresh', pack: 'P', changes: { expires: '2026-03-20' } },
      { at: '2026-03-22T12:00:00Z', kind: 'device', device: 'd', changes: { licenses: [from('P', '2026-03-20')] } },
    ]
    const decoded = must(
      Estate.decode({ settings, packs: [pack('P', { allocated: 1, expires: '2026-03-20' })], devices: [lost] }),
    ).right
    const given = must(DeploymentEvent.decodeAll(events))
    expect(must(Deployment.preventions(decoded, given, instant('2026-06-30T00:00:00Z'), instant(START)))).toEqual([])
  })

  test('a prevention is a renewal after which the device does not lapse', () => {
    const decoded = must(Estate.decode({ settings, ...estate })).right
    const found = must(Deployment.preventions(decoded, [], instant('2026-12-31T00:00:00Z'), instant(START)))
    expect(
      found.map(({ pack: id, by, prevents }) => [id, Day.show(by), prevents.map((lapse) => lapse.device)]),
    ).toEqual([['A', '2026-05-31', ['one', 'three']]])
    const useless = must(
      Estate.decode({ settings, ...estate, packs: estate.packs.map((each) => ({ ...each, active: false })) }),
    ).right
    expect(must(Deployment.preventions(useless, [], instant('2026-12-31T00:00:00Z'), instant(START)))).toEqual([])
  })
})
