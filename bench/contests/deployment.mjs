// @ts-check
/**
 * Deployment: a plan of an estate with 200 packs, a decision for each device and license type, and a year of daily checks
 * of 100,000 devices, most of which change nothing.
 */
import { contest } from '../contest.mjs'
import { Day, Deployment, Estate, Instant, must } from '../library.mjs'
import { whole } from '../measure.mjs'
import { upTo } from '../worlds.mjs'

const PACKS = 200
const DIRECTORIES = 300
const TYPES = ['workspace-edition', 'enterprise-management-pack', 'udc3', 'uma']

const instantOf = (/** @type {string} */ text) => {
  const parsed = Instant.parse(text)
  if (parsed._tag === 'None') throw new Error(`not an instant: ${text}`)
  return parsed.value
}
export const NOW = instantOf('2026-03-10T03:00:00Z')
const IN_A_YEAR = instantOf('2027-03-10T03:00:00Z')
const TODAY = Day.ofInstant(NOW)
const dayOf = (/** @type {number} */ fromToday) => new Date((TODAY + fromToday) * 86_400_000).toISOString().slice(0, 10)

/** Packs of four types, half of them for some directories only; there is a license for four devices in five. */
export const estateOf = (/** @type {number} */ devices) => {
  const perPack = Math.ceil((devices * 0.8 * TYPES.length) / PACKS)
  const given = {
    settings: { umsVersion: '12.10.100', umsId: 'ums-1', automaticDeployment: true },
    directories: upTo(DIRECTORIES).map((index) => ({
      id: `dir-${index}`,
      name: `Directory ${index}`,
      ...(index === 0 ? {} : { parent: `dir-${Math.floor((index - 1) / 4)}` }),
    })),
    packs: upTo(PACKS).map((index) => ({
      id: `P-${index}`,
      licenseType: TYPES[index % TYPES.length],
      total: perPack,
      allocated: 0,
      registered: dayOf(-30 - (index % 20)),
      expires: dayOf(90 + ((index * 37) % 400)),
      umsIds: ['ums-1'],
      distribution:
        index % 8 < 4
          ? { method: 'enabled' }
          : {
              method: 'conditions',
              conditions: upTo(3).map((each) => ({ directory: `dir-${(index * 7 + each * 11) % DIRECTORIES}` })),
            },
    })),
    devices: upTo(devices).map((index) => ({
      id: `d-${index}`,
      unitId: (0x00e0c5000000 + index).toString(16).toUpperCase().padStart(12, '0'),
      osVersion: '12.5.0',
      registered: '2026-01-10T12:00:00Z',
      directory: `dir-${(index * 7919) % DIRECTORIES}`,
    })),
  }
  return must(Estate.decode(given)).right
}

/** @type {(settings: import('../contest.mjs').Settings) => Promise<ReadonlyArray<import('../contest.mjs').Result>>} */
export const deployment = async (settings) => {
  const devices = settings.quick ? 10_000 : 50_000
  const estate = estateOf(devices)
  const planned = must(Deployment.plan(estate, NOW))
  settings.tell('a year of daily checks')
  const many = must(Deployment.plan(estateOf(100_000), NOW)).estate
  const year = () => {
    let checks = 0
    for (const _ of must(Deployment.simulate(many, [], IN_A_YEAR, NOW))) checks += 1
    return checks
  }
  const fresh = () => undefined
  const plans = await contest(settings, `plans of ${whole(devices)} devices`, [
    { name: 'plan', pieces: planned.decisions.length, fresh, run: () => Deployment.plan(estate, NOW), twice: true },
    {
      name: 'plan, garbage just collected',
      pieces: planned.decisions.length,
      fresh,
      run: () => Deployment.plan(estate, NOW),
    },
    { name: 'plan again', pieces: planned.decisions.length, fresh, run: () => Deployment.plan(planned.estate, NOW) },
  ])
  const years = await contest(settings, 'years of 100,000 devices', [{ name: 'year', pieces: 1, fresh, run: year }])
  const assigned = planned.decisions.filter(({ action }) => action === 'assign').length
  return [
    {
      title: `Planning ${whole(devices)} devices, ${PACKS} packs: ns a decision`,
      notes: [
        `${whole(assigned)} of ${whole(planned.decisions.length)} decisions assign a license; planned again, none does.`,
        'A plan is made once more before the one that is timed: with garbage, code goes that was made for what was collected.',
      ],
      rows: plans.rows,
      ratios: [],
      figures: [
        ...plans.figure('plan', 'plan', 'µs a decision', 1 / 1_000),
        ...years.figure('year', 'year', 's', 1e-9),
      ],
    },
  ]
}
