// @ts-check
/**
 * Decoding foreign objects, against io-ts and zod with the same fields. The library says more of what is wrong, tells
 * duplicates, and keeps the good installations of a bad snapshot; here nothing is wrong, which is the common case.
 */
import * as t from 'io-ts'
import { contest } from '../contest.mjs'
import { AuditSnapshot, Disagreement } from '../library.mjs'
import { load } from '../packages.mjs'
import { reasonOf } from '../peers/index.mjs'
import { whole } from '../measure.mjs'
import { someInstallations, worldOf } from './estate.mjs'

/** As fast as io-ts gets with optional fields: `t.type` with unions takes half as long again. */
const ioTs = t.array(
  t.intersection([
    t.type({
      computer: t.intersection([
        t.type({ id: t.string, name: t.string }),
        t.partial({ kind: t.keyof({ computer: null, hardware: null }), retired: t.boolean }),
      ]),
    }),
    t.partial({
      owner: t.string,
      organization: t.string,
      location: t.string,
      installations: t.array(
        t.intersection([
          t.type({ id: t.string, product: t.string }),
          t.partial({ serialNumber: t.string, installationKey: t.string }),
        ]),
      ),
    }),
  ]),
)

const zodSchema = async () => {
  const { z } = await load('zod')
  const text = z.string().optional()
  return z.array(
    z.object({
      computer: z.object({
        id: z.string(),
        name: z.string(),
        kind: z.enum(['computer', 'hardware']).optional(),
        retired: z.boolean().optional(),
      }),
      owner: text,
      organization: text,
      location: text,
      installations: z
        .array(z.object({ id: z.string(), product: z.string(), serialNumber: text, installationKey: text }))
        .optional(),
    }),
  )
}

/** @type {(settings: import('../contest.mjs').Settings) => Promise<ReadonlyArray<import('../contest.mjs').Result>>} */
export const decoding = async (settings) => {
  const installations = someInstallations(settings)
  const world = worldOf(settings, installations, Math.min(...settings.licenses))
  const pieces = world.installations
  const fresh = () => world.fresh()
  /** @type {any} */
  let zod
  if (settings.peers)
    try {
      zod = await zodSchema()
    } catch (error) {
      settings.absent['zod'] = reasonOf(error)
    }
  const told = world.fresh(1_000)
  if (ioTs.decode(told)._tag === 'Left' || (zod !== undefined && !zod.safeParse(told).success))
    throw new Disagreement('the decoders disagree: a world without fault is refused')

  // Everybody makes objects whose shapes are collected with the garbage before a turn.
  const twice = true
  const measured = await contest(settings, `decoding ${whole(pieces)} installations`, [
    { name: 'AuditSnapshot.decodeAll', pieces, fresh, twice, run: (raw) => AuditSnapshot.decodeAll(raw) },
    {
      name: 'AuditSnapshot.AuditSnapshot, one by one',
      pieces,
      fresh,
      twice,
      run: (raw) => raw.map((/** @type {unknown} */ each) => AuditSnapshot.AuditSnapshot.decode(each)),
    },
    { name: 'io-ts', pieces, fresh, twice, run: (raw) => ioTs.decode(raw) },
    ...(zod === undefined
      ? []
      : [{ name: 'zod', pieces, fresh, twice, run: (/** @type {unknown} */ raw) => zod.safeParse(raw) }]),
  ])
  return [
    {
      title: `Decoding objects of unknown origin, ${whole(pieces)} installations: ns an installation`,
      notes: ['The objects are fresh from JSON.parse, whose time is not in the figures.'],
      rows: measured.rows,
      ratios: [
        ...measured.ratio('decodeOverIoTs', 'AuditSnapshot.decodeAll', 'io-ts'),
        ...measured.ratio('decodeOverZod', 'AuditSnapshot.decodeAll', 'zod'),
        ...measured.ratio('codecOverIoTs', 'AuditSnapshot.AuditSnapshot, one by one', 'io-ts'),
      ],
      figures: [],
    },
  ]
}
