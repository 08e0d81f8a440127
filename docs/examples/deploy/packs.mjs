// @ts-check
/**
 * The sections of the report on types and packs: who is covered, how far the packs are used, and what the UMS reports of
 * them.
 */
import { Day, LicenseType, Text } from 'seatwise'
import { called, calledShort, counted, dimmed, gauge, heading, leftOut, number, table } from '../shared/layout.mjs'
import { compare, groupBy } from '../shared/lists.mjs'
import { until } from './decisions.mjs'
import { limits } from './planned.mjs'

/**
 * @typedef {import('../shared/layout.mjs').Canvas} Canvas
 * @typedef {import('../shared/layout.mjs').Cell} Cell
 * @typedef {import('../shared/layout.mjs').Style} Style
 * @typedef {import('./planned.mjs').Planned} Planned
 * @typedef {import('./report.mjs').Section} Section
 */

// -------------------------------------------------------------------------------------
// coverage
// -------------------------------------------------------------------------------------

/** Counts with their names, the largest first. */
const namesOf = (/** @type {Readonly<Record<string, number>>} */ counts) =>
  Object.entries(counts)
    .sort(([a, left], [b, right]) => right - left || compare(a, b))
    .map(([name, count]) => `${name} ${number(count)}`)

/** @type {Section} */
export const coverage = (canvas, { coverage: rows, estate }) => [
  heading(canvas, 'Coverage', `of ${counted(estate.devices.length, 'device')}, who has a license, gets or lacks one`),
  ...table(canvas, 'lrrrl', [
    dimmed(['type', 'have', 'now', 'lack', 'why']),
    ...rows.map(({ licensed, unlicensed, actions, reasons, ...type }) => {
      const now = Object.values(actions).reduce((sum, count) => sum + count, 0)
      return [
        called(canvas, LicenseType.show(type)),
        number(licensed),
        now === 0 ? '' : `+${number(now)}`,
        number(unlicensed - now),
        { list: namesOf(reasons) },
      ]
    }),
  ]),
]

// -------------------------------------------------------------------------------------
// consumption
// -------------------------------------------------------------------------------------

/** Of packs so many are shown. */
const PACKS = 24

/** What there is to know about a pack, most urgent first. */
const notesOf = (
  /** @type {import('seatwise').ProductPack.ProductPack} */ pack,
  /** @type {Planned['consumption'][number]} */ { holders, validHolders },
  /** @type {Day.Day} */ today,
) => {
  const { status = 'ready', active = true, aldToken, evaluation = false, starts, expires } = pack
  const valid = holders === validHolders ? '' : `, valid on ${number(validHolders)}`
  return [
    ...(status === 'ready' ? [] : [status]),
    ...(aldToken === 'invalid' ? ['token invalid'] : []),
    ...(active ? [] : ['deactivated']),
    ...(starts !== undefined && starts > today ? [`from ${Day.show(starts)}`] : []),
    expires !== undefined && expires < today ? `expired ${Day.show(expires)}` : until(expires),
    ...(holders === 0 ? [] : [`${counted(holders, 'device')}${valid}`]),
    ...(evaluation ? ['evaluation'] : []),
    ...(aldToken === 'valid' ? ['by token'] : []),
  ]
}

/** @type {Section} */
export const packs = (canvas, { estate, after, consumption, now }) => {
  const today = Day.ofInstant(now)
  const before = new Map(estate.packs.map(({ id, allocated }) => [id, allocated]))
  const records = new Map(after.packs.map((pack) => [pack.id, pack]))
  const rows = consumption
    .flatMap((row) => {
      const pack = records.get(row.pack)
      return pack === undefined ? [] : [{ type: LicenseType.of(pack), pack, row }]
    })
    .sort((a, b) => LicenseType.compare(a.type, b.type))
  const shown = rows.slice(0, PACKS)
  const lines = table(
    canvas,
    'llrll',
    shown.map(({ pack, row }) => {
      const taken = row.allocated - (before.get(row.pack) ?? row.allocated)
      /** @type {Style} */
      const style = row.free === 0 ? 'yellow' : 'green'
      return [
        '',
        calledShort(canvas, row.pack),
        `${taken === 0 ? '' : `${number(row.allocated - taken)}+${number(taken)} = `}${number(row.allocated)}/${number(row.total)}`,
        { text: gauge(row.allocated, row.total, Math.floor(canvas.columns / 10)), style },
        { list: notesOf(pack, row, today) },
      ]
    }),
  ).values()
  return [
    heading(canvas, 'Packs', 'licenses allocated when the plan is carried out, of all there are'),
    ...[...groupBy(shown, ({ type }) => LicenseType.show(type))].flatMap(([type, members]) => [
      `  ${Text.preview(type)}`,
      ...members.flatMap(() => lines.next().value ?? []),
    ]),
    ...leftOut(canvas, rows.length - PACKS),
  ]
}

// -------------------------------------------------------------------------------------
// notifications
// -------------------------------------------------------------------------------------

/** @type {Readonly<Record<Planned['notifications'][number]['kind'], string>>} */
const kindTexts = {
  'pack-used-up': 'nothing is free',
  'pack-over-allocated': 'over-allocated',
  'pack-low': `fewer than ${number(limits.lowStockLimit)} are free`,
  'pack-expired': 'it has expired',
  'pack-expiring': `it ends within ${number(limits.expiryWarningDays)} days`,
}

/** @type {Section} */
export const notifications = (canvas, planned) => {
  const groups = [...groupBy(planned.notifications, ({ class: severity, kind }) => `${severity} ${kind}`)].sort(
    ([a], [b]) => compare(a, b),
  )
  return [
    heading(canvas, 'Notifications', groups.length === 0 ? 'none' : 'what the UMS reports then'),
    ...table(
      canvas,
      'llrl',
      groups.flatMap(([, members]) => {
        const [first] = members
        if (first === undefined) return []
        const packs = members.map(({ pack }) => Text.preview(pack))
        return [
          [
            { text: first.class, style: /** @type {Style} */ (first.class === 'error' ? 'yellow' : 'dim') },
            kindTexts[first.kind],
            number(members.length),
            { list: packs },
          ],
        ]
      }),
    ),
  ]
}
