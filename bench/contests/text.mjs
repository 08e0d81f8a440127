// @ts-check
/**
 * From JSON text to decisions, against JSON.parse alone: one document, all of whose objects and decisions are there in the
 * end; and record by record, where nothing is kept.
 */
import { contest } from '../contest.mjs'
import { AuditSnapshot, parseOne } from '../library.mjs'
import { whole } from '../measure.mjs'
import { decideAll, someInstallations, worldOf } from './estate.mjs'

/** The largest document: a text may not be much longer, and one that is streams better. */
const LARGEST = 200_000

/** @type {(settings: import('../contest.mjs').Settings, installations: number) => Promise<import('../contest.mjs').Result>} */
const textOf = async (settings, installations) => {
  const world = worldOf(settings, installations, Math.min(...settings.licenses))
  const { decide } = world
  const lines = world.lines(world.installations)
  const isSmall = world.installations <= LARGEST
  const document = isSmall ? world.document(world.installations) : ''
  const pieces = world.installations
  const parseLines = () => {
    let found = 0
    for (const line of lines) found += Number(JSON.parse(line).installations.length)
    return found
  }
  const decideLines = () => {
    let found = 0
    for (const line of lines) found += decide(parseOne(line)).length
    return found
  }
  const fresh = () => undefined
  const ofDocument = [
    { name: 'JSON.parse, one document', pieces, fresh, run: () => JSON.parse(document) },
    {
      name: 'one document to decisions',
      pieces,
      fresh,
      run: () => decideAll(decide, AuditSnapshot.parseAll(document).right),
    },
  ]
  const measured = await contest(settings, `text: ${world.name}`, [
    ...(isSmall ? ofDocument : []),
    { name: 'JSON.parse, record by record', pieces, fresh, run: parseLines },
    { name: 'record by record to decisions', pieces, fresh, run: decideLines },
  ])
  return {
    title: `From JSON text to decisions, ${world.name}: ns an installation`,
    notes: isSmall ? [] : [`One document of more than ${whole(LARGEST)} installations is not measured.`],
    rows: measured.rows,
    ratios: [
      ...measured.ratio('textOverParse', 'one document to decisions', 'JSON.parse, one document'),
      ...measured.ratio('streamOverParse', 'record by record to decisions', 'JSON.parse, record by record'),
    ],
    figures: [],
  }
}

/** @type {(settings: import('../contest.mjs').Settings) => Promise<ReadonlyArray<import('../contest.mjs').Result>>} */
export const text = async (settings) => {
  const results = []
  const sizes = settings.quick ? [someInstallations(settings)] : settings.installations
  for (const installations of sizes) results.push(await textOf(settings, installations))
  return results
}
