// @ts-check
/**
 * A catalog and snapshots as relations, for the databases. Lines are numbered so that, within a tracked software, the
 * least number decides. Units are numbered in preorder, so that a restriction is an interval: 0 is no unit, and a line
 * that does not ask has an interval that holds every number.
 */
import { isSkipped } from './facts.mjs'

/** @typedef {import('./facts.mjs').AuditSnapshot} AuditSnapshot */
/** @typedef {import('./facts.mjs').Answer} Answer */
/** @typedef {import('./facts.mjs').Facts} Facts */
/** @typedef {import('./facts.mjs').Line} Line */
/** @typedef {import('./facts.mjs').Catalog} Catalog */

const EVERY = /** @type {const} */ ([-1, 2 ** 30])
const NOBODY = /** @type {const} */ ([-2, -2])

/** The interval of each key, by a walk from the roots. @type {(units: Catalog['organizations']) => { numberOf: Map<string, number>, intervalOf: Map<string, readonly [number, number]> }} */
const preorder = (units = []) => {
  /** @type {Map<string, Array<string>>} */
  const below = new Map()
  for (const { id, parent } of units) {
    const list = below.get(parent ?? '')
    if (list === undefined) below.set(parent ?? '', [id])
    else list.push(id)
  }
  /** @type {Map<string, number>} */
  const numberOf = new Map()
  /** @type {Map<string, readonly [number, number]>} */
  const intervalOf = new Map()
  let next = 0
  const visit = (/** @type {string} */ id) => {
    const number = (next += 1)
    numberOf.set(id, number)
    for (const child of below.get(id) ?? []) visit(child)
    intervalOf.set(`is:${id}`, [number, number])
    intervalOf.set(`within:${id}`, [number, next])
  }
  for (const root of below.get('') ?? []) visit(root)
  return { numberOf, intervalOf }
}

/**
 * The tables of a catalog: name, columns by which it is looked up, rows.
 *
 * @param {Facts} facts
 * @param {Catalog} catalog
 */
export const relationsOf = (facts, catalog) => {
  const [organizations, locations] = [preorder(catalog.organizations), preorder(catalog.locations)]
  /** @type {Array<Line>} */
  const lines = []
  /** @type {Map<string, number>} */
  const shelfOf = new Map()
  /** @type {Map<unknown, number>} */
  const numbers = new Map(facts.shelves.map((shelf, number) => [shelf, number]))
  for (const [product, shelf] of facts.products) shelfOf.set(product, numbers.get(shelf) ?? -1)

  /** @type {Record<'l11' | 'l12' | 'l13' | 'l21' | 'l25' | 'l31' | 'l33' | 'l4', Array<Array<string | number>>>} */
  const rows = { l11: [], l12: [], l13: [], l21: [], l25: [], l31: [], l33: [], l4: [] }
  facts.shelves.forEach((shelf, number) => {
    for (const line of shelf.lines) {
      const id = lines.push(line) - 1
      const keysOf = (/** @type {string} */ field) => line.tests.find((test) => test.field === field)?.keys
      const keyOf = (/** @type {string} */ field) => keysOf(field)?.[0]
      /** @type {(kind: typeof organizations, key: string | undefined) => readonly [number, number]} */
      const interval = (kind, key) => (key === undefined ? EVERY : (kind.intervalOf.get(key) ?? NOBODY))
      const [inOrganization, inLocation] = [
        interval(organizations, keyOf('organization')),
        interval(locations, keyOf('location')),
      ]
      const upTo = (/** @type {readonly [number, number]} */ [first, last]) =>
        first < 0 ? [] : Array.from({ length: last - first + 1 }, (_, index) => first + index)
      const [sn, ik] = [keyOf('serialNumber') ?? '', keyOf('installationKey') ?? '']
      if (line.rule === '1.1') rows.l11.push([number, sn, ik, id])
      else if (line.rule === '1.2') rows.l12.push([number, sn, id])
      else if (line.rule === '1.3') rows.l13.push([number, ik, id])
      else if (line.rule === '4') rows.l4.push([number, id])
      else if (line.rule === '3.3') for (const unit of upTo(inLocation)) rows.l33.push([number, unit, id])
      else if (line.rule.startsWith('3'))
        for (const unit of upTo(inOrganization)) rows.l31.push([number, unit, ...inLocation, id])
      else if (keysOf('name') !== undefined)
        for (const name of keysOf('name') ?? []) rows.l21.push([number, name, ...inOrganization, ...inLocation, id])
      else
        for (const owner of keysOf('owner') ?? []) rows.l25.push([number, owner, ...inOrganization, ...inLocation, id])
    }
  })
  return {
    lines,
    shelfOf,
    rows,
    organization: (/** @type {string | undefined} */ reference) =>
      organizations.numberOf.get(facts.units.organizations.idOf(reference)) ?? 0,
    location: (/** @type {string | undefined} */ reference) =>
      locations.numberOf.get(facts.units.locations.idOf(reference)) ?? 0,
  }
}

/** @typedef {ReturnType<typeof relationsOf>} Relations */

/** The tables: columns with their types; those before `|` are what they are looked up by. */
export const TABLES = {
  l11: 'shelf INTEGER, sn TEXT, ik TEXT | id INTEGER',
  l12: 'shelf INTEGER, sn TEXT | id INTEGER',
  l13: 'shelf INTEGER, ik TEXT | id INTEGER',
  l21: 'shelf INTEGER, name TEXT | olo INTEGER, ohi INTEGER, llo INTEGER, lhi INTEGER, id INTEGER',
  l25: 'shelf INTEGER, owner TEXT | olo INTEGER, ohi INTEGER, llo INTEGER, lhi INTEGER, id INTEGER',
  l31: 'shelf INTEGER, org INTEGER | llo INTEGER, lhi INTEGER, id INTEGER',
  l33: 'shelf INTEGER, loc INTEGER | id INTEGER',
  l4: 'shelf INTEGER | id INTEGER',
}

/**
 * What the database is to load: the computers that are not skipped, and their installations of tracked software, as
 * columns. All that is left out has its answer already.
 *
 * @param {Relations} relations
 * @param {ReadonlyArray<AuditSnapshot>} snapshots
 */
export const columnsOf = ({ shelfOf, organization, location }, snapshots) => {
  /** @type {Array<Answer>} */
  const answers = []
  /** @type {{ name: Array<string>, owner: Array<string>, org: Array<number>, loc: Array<number> }} */
  const computers = { name: [], owner: [], org: [], loc: [] }
  /** @type {{ place: Array<number>, computer: Array<number>, shelf: Array<number>, sn: Array<string>, ik: Array<string> }} */
  const installations = { place: [], computer: [], shelf: [], sn: [], ik: [] }
  for (const snapshot of snapshots) {
    const { computer, owner, installations: found = [] } = snapshot
    if (isSkipped(snapshot)) {
      for (const { id } of found) answers.push({ computer: computer.id, installation: id, outcome: 'skipped' })
      continue
    }
    const number = computers.name.push(computer.name) - 1
    computers.owner.push(owner ?? '')
    computers.org.push(organization(snapshot.organization))
    computers.loc.push(location(snapshot.location))
    for (const { id, product, serialNumber, installationKey } of found) {
      const shelf = shelfOf.get(product)
      if (shelf !== undefined) {
        installations.place.push(answers.length)
        installations.computer.push(number)
        installations.shelf.push(shelf)
        installations.sn.push(serialNumber ?? '')
        installations.ik.push(installationKey ?? '')
      }
      answers.push({ computer: computer.id, installation: id, outcome: 'untracked' })
    }
  }
  return { answers, computers, installations }
}

/**
 * Fills in what the database found: by place, the number of a line; none for an installation that is unreconciled.
 *
 * @param {ReadonlyArray<Line>} lines
 * @param {Array<Answer>} answers
 * @param {ArrayLike<number>} places
 * @param {ArrayLike<number | null>} found
 */
export const fill = (lines, answers, places, found) => {
  for (let index = 0; index < places.length; index += 1) {
    const place = places[index] ?? 0
    const line = lines[found[index] ?? -1]
    const known = answers[place]
    if (known === undefined) continue
    const { computer, installation } = known
    answers[place] =
      line === undefined
        ? { computer, installation, outcome: 'unreconciled' }
        : { computer, installation, outcome: 'allocated', license: line.license, rule: line.rule }
  }
  return answers
}
