// @ts-check
/**
 * What every peer is given, so that each can be written at its best: the strict policy worked out beforehand as plain
 * tests, the units resolved, and an index of the licenses. A peer that has no use for the index builds its own tables from
 * the tests.
 *
 * The forms are those of plain text (`trim`, `toLowerCase`), which is all there is in these worlds, and cheaper than what
 * the library has to do.
 */

/** @typedef {import('seatwise').Catalog.Catalog} Catalog */
/** @typedef {import('seatwise').AuditSnapshot.AuditSnapshot} AuditSnapshot */
/** @typedef {import('seatwise').AuditSnapshot.Installation} Installation */
/** @typedef {import('seatwise').SoftwareLicense.SoftwareLicense} License */
/** @typedef {import('seatwise').Unit.Unit} Unit */

/**
 * What a peer answers about an installation. Ties, violations and warnings are left to the library alone.
 *
 * @typedef {{ computer: string, installation: string, outcome: string, license?: string, rule?: string }} Answer
 */

/** @typedef {'serialNumber' | 'installationKey' | 'name' | 'owner' | 'organization' | 'location'} Field */

/** What an installation shows: texts in their forms, `''` for none, and the keys of its units. */
/**
 * @typedef {{
 *   serialNumber: string
 *   installationKey: string
 *   name: string
 *   owner: string
 *   organization: ReadonlyArray<string>
 *   location: ReadonlyArray<string>
 * }} Shown
 */

/** Passes where one of the keys is shown. @typedef {{ field: Field, keys: ReadonlyArray<string> }} Test */

/**
 * A license at one of the fifteen rules: it is found where all tests pass. The lowest rank decides; ranks are counted by
 * tracked software, by rule first, then in name order.
 *
 * @typedef {{ rank: number, rule: string, license: string, tests: ReadonlyArray<Test> }} Line
 */

/** @typedef {{ id: string, lines: ReadonlyArray<Line>, find: (rule: string, shown: Shown) => Line | undefined }} Shelf */

/**
 * A peer. `decide` answers for every installation, in any order. `warm` loads the snapshots first and gives back what is
 * then timed. `sample` is how many installations it is patient enough for.
 *
 * @typedef {{ decide: (snapshots: ReadonlyArray<AuditSnapshot>) => ReadonlyArray<Answer> | Promise<ReadonlyArray<Answer>>
 *   warm?: (snapshots: ReadonlyArray<AuditSnapshot>) => Promise<() => ReadonlyArray<Answer> | Promise<ReadonlyArray<Answer>>>
 *   close?: () => void }} Prepared
 */
/**
 * @typedef {{
 *   name: string
 *   package?: string
 *   kind: 'rule engine' | 'database' | 'program'
 *   sample: number
 *   prepare: (catalog: Catalog) => Prepared | Promise<Prepared>
 * }} Peer
 */

export const RULES = '1.1 1.2 1.3 2.1 2.2 2.3 2.4 2.5 2.6 2.7 2.8 3.1 3.2 3.3 4'.split(' ')

export const form = (/** @type {string | undefined} */ text) => (text === undefined ? '' : text.trim().toLowerCase())

// -------------------------------------------------------------------------------------
// units
// -------------------------------------------------------------------------------------

/**
 * Units as keys: `is:` a unit, and `within:` it and all above. Only keys that a license asks for are shown.
 *
 * @param {ReadonlyArray<Unit>} units
 * @param {ReadonlyArray<{ unit: string, includeSubunits?: boolean }>} restrictions
 */
const unitKeys = (units, restrictions) => {
  const byId = new Map(units.map((unit) => /** @type {const} */ ([/** @type {string} */ (unit.id), unit])))
  const byName = new Map(units.map((unit) => /** @type {const} */ ([form(unit.name), unit])))
  const find = (/** @type {string} */ reference) => byId.get(reference) ?? byName.get(form(reference))
  /** @type {(restriction: { unit: string, includeSubunits?: boolean }) => string} */
  const required = ({ unit, includeSubunits }) => {
    const found = find(unit)
    return found === undefined ? 'nobody' : `${includeSubunits === true ? 'within' : 'is'}:${found.id}`
  }
  const asked = new Set(restrictions.map(required))
  /** @type {Map<string, ReadonlyArray<string>>} */
  const keysOf = new Map()
  for (const unit of units) {
    const keys = [`is:${unit.id}`]
    for (let each = /** @type {Unit | undefined} */ (unit); each !== undefined; each = byId.get(each.parent ?? ''))
      keys.push(`within:${each.id}`)
    keysOf.set(
      unit.id,
      keys.filter((key) => asked.has(key)),
    )
  }
  /** @type {ReadonlyArray<string>} */
  const none = []
  return {
    required,
    keysOf,
    shown: (/** @type {string | undefined} */ reference) => {
      const found = reference === undefined ? undefined : find(reference)
      return found === undefined ? none : (keysOf.get(found.id) ?? none)
    },
    /** The id of the unit that is meant, `''` for none. */
    idOf: (/** @type {string | undefined} */ reference) =>
      (reference === undefined ? undefined : find(reference)?.id) ?? '',
  }
}

// -------------------------------------------------------------------------------------
// licenses
// -------------------------------------------------------------------------------------

const formsOf = (/** @type {ReadonlyArray<string> | undefined} */ texts) =>
  (texts ?? []).map(form).filter((text) => text !== '')

/** @type {(a: License, b: License) => number} */
const byName = (a, b) => compare(form(a.name), form(b.name)) || compare(a.name, b.name) || compare(a.id, b.id)
const compare = (/** @type {string} */ a, /** @type {string} */ b) => (a < b ? -1 : a > b ? 1 : 0)

/**
 * At which rules a license can be found, strictly. Of the rules by device name a license has one, which asks for all that
 * the license asks for: whatever another of these rules finds, that one has found before. So too by owner and by unit.
 *
 * @param {License} license
 * @param {{ organizations: ReturnType<typeof unitKeys>, locations: ReturnType<typeof unitKeys> }} units
 * @returns {ReadonlyArray<Omit<Line, 'rank' | 'license'>>}
 */
const linesOf = (license, { organizations, locations }) => {
  const { organization, location, devices, owners } = license.restrictions ?? {}
  const [serial, key] = [form(license.serialNumber), form(license.installationKey)]
  const [names, people] = [formsOf(devices), formsOf(owners)]
  /** @type {Test} */
  const sn = { field: 'serialNumber', keys: [serial] }
  /** @type {Test} */
  const ik = { field: 'installationKey', keys: [key] }
  /** @type {ReadonlyArray<Test>} */
  const places = [
    ...(organization === undefined
      ? []
      : [{ field: /** @type {const} */ ('organization'), keys: [organizations.required(organization)] }]),
    ...(location === undefined
      ? []
      : [{ field: /** @type {const} */ ('location'), keys: [locations.required(location)] }]),
  ]
  /** Both, organization, location, neither. */
  const which = organization === undefined ? (location === undefined ? 3 : 2) : location === undefined ? 1 : 0
  return [
    ...(serial !== '' && key !== '' ? [{ rule: '1.1', tests: [sn, ik] }] : []),
    ...(serial !== '' ? [{ rule: '1.2', tests: [sn] }] : []),
    ...(key !== '' ? [{ rule: '1.3', tests: [ik] }] : []),
    ...(names.length > 0
      ? [{ rule: `2.${1 + which}`, tests: [{ field: /** @type {const} */ ('name'), keys: names }, ...places] }]
      : []),
    ...(people.length > 0
      ? [{ rule: `2.${5 + which}`, tests: [{ field: /** @type {const} */ ('owner'), keys: people }, ...places] }]
      : []),
    ...(names.length + people.length === 0 && which < 3 ? [{ rule: `3.${1 + which}`, tests: places }] : []),
    ...(license.main === true ? [{ rule: '4', tests: [] }] : []),
  ]
}

/** @type {(test: Test, shown: Shown) => boolean} */
const passes = ({ field, keys }, shown) => {
  const value = shown[field]
  if (typeof value === 'string') return keys.includes(value)
  for (const key of value) if (keys.includes(key)) return true
  return false
}

/** By the first test of a line: from a key that is shown to the lines that ask for it, in rank order. */
const indexOf = (/** @type {ReadonlyArray<Line>} */ lines) => {
  /** @type {Map<string, { field: Field | undefined, byKey: Map<string, Array<Line>> }>} */
  const byRule = new Map()
  for (const line of lines) {
    const [first] = line.tests
    const known = byRule.get(line.rule) ?? { field: first?.field, byKey: new Map() }
    byRule.set(line.rule, known)
    for (const key of first?.keys ?? ['']) {
      const list = known.byKey.get(key)
      if (list === undefined) known.byKey.set(key, [line])
      else list.push(line)
    }
  }
  /** The first test has been passed by its key. Loops, since they are the fastest that a peer can have. */
  const firstOf = (/** @type {ReadonlyArray<Line> | undefined} */ found, /** @type {Shown} */ shown) => {
    for (const line of found ?? []) {
      let isFound = true
      for (let place = 1; place < line.tests.length && isFound; place += 1) {
        const test = line.tests[place]
        isFound = test === undefined || passes(test, shown)
      }
      if (isFound) return line
    }
    return undefined
  }

  return (/** @type {string} */ rule, /** @type {Shown} */ shown) => {
    const index = byRule.get(rule)
    if (index === undefined) return undefined
    const value = index.field === undefined ? '' : shown[index.field]
    if (typeof value === 'string') return firstOf(index.byKey.get(value), shown)
    let best = /** @type {Line | undefined} */ (undefined)
    for (const key of value) {
      const found = firstOf(index.byKey.get(key), shown)
      if (found !== undefined && (best === undefined || found.rank < best.rank)) best = found
    }
    return best
  }
}

/** A catalog, ready for a peer. */
export const factsOf = (/** @type {Catalog} */ catalog) => {
  const { licenses, software } = catalog
  const unitsOf = (/** @type {'organization' | 'location'} */ kind) =>
    unitKeys(
      catalog[`${kind}s`] ?? [],
      licenses.flatMap(({ restrictions }) => restrictions?.[kind] ?? []),
    )
  const units = { organizations: unitsOf('organization'), locations: unitsOf('location') }
  /** @type {Map<string, Array<License>>} */
  const candidates = new Map(software.map(({ id }) => [id, []]))
  for (const license of licenses)
    if (license.metric !== 'user' && license.retired !== true) candidates.get(license.software)?.push(license)

  /** @type {Map<string, Shelf>} */
  const shelves = new Map()
  for (const { id, products, retired } of software) {
    if (retired === true) continue
    const found = (candidates.get(id) ?? [])
      .sort(byName)
      .flatMap((license) => linesOf(license, units).map((line) => ({ ...line, license: license.id })))
    const lines = RULES.flatMap((name) => found.filter(({ rule }) => rule === name)).map((line, rank) => ({
      rank,
      ...line,
    }))
    const shelf = { id, lines, find: indexOf(lines) }
    for (const product of products) shelves.set(product, shelf)
  }
  return {
    units,
    /** The shelf of a product, if it is tracked. */
    shelfOf: (/** @type {string} */ product) => shelves.get(product),
    shelves: [...new Set(shelves.values())],
    products: shelves,
    /** What a computer shows: once, for all its installations. */
    ofComputer: (/** @type {AuditSnapshot} */ { computer, owner, organization, location }) => ({
      name: form(computer.name),
      owner: form(owner),
      organization: units.organizations.shown(organization),
      location: units.locations.shown(location),
    }),
  }
}

/** @typedef {ReturnType<typeof factsOf>} Facts */

// -------------------------------------------------------------------------------------
// answers
// -------------------------------------------------------------------------------------

export const isSkipped = (/** @type {AuditSnapshot} */ { computer }) =>
  computer.kind === 'hardware' || computer.retired === true

/** @type {(computer: string, installation: string, line: { license: string, rule: string } | undefined) => Answer} */
export const answer = (computer, installation, line) =>
  line === undefined
    ? { computer, installation, outcome: 'unreconciled' }
    : { computer, installation, outcome: 'allocated', license: line.license, rule: line.rule }

/**
 * Walks the snapshots and asks the peer about each installation of tracked software, with what it shows.
 *
 * @param {Facts} facts
 * @param {(shelf: Shelf, shown: Shown) => { license: string, rule: string } | undefined} ask
 */
export const walk = (facts, ask) => (/** @type {ReadonlyArray<AuditSnapshot>} */ snapshots) => {
  /** @type {Array<Answer>} */
  const answers = []
  for (const snapshot of snapshots) {
    const skipped = isSkipped(snapshot)
    const computer = snapshot.computer.id
    const shown = facts.ofComputer(snapshot)
    for (const { id, product, serialNumber, installationKey } of snapshot.installations ?? []) {
      const shelf = skipped ? undefined : facts.shelfOf(product)
      if (shelf === undefined) answers.push({ computer, installation: id, outcome: skipped ? 'skipped' : 'untracked' })
      else
        answers.push(
          answer(
            computer,
            id,
            ask(shelf, { ...shown, serialNumber: form(serialNumber), installationKey: form(installationKey) }),
          ),
        )
    }
  }
  return answers
}

/**
 * The same for a peer that answers later. Questions of a computer are asked at once, since some peers are faster so; or
 * one by one, where a peer cannot do otherwise.
 *
 * @param {Facts} facts
 * @param {(shelf: Shelf, shown: Shown) => Promise<{ license: string, rule: string } | undefined>} ask
 * @param {'at once' | 'one by one'} [manner]
 */
export const walkAsync = (facts, ask, manner) => async (/** @type {ReadonlyArray<AuditSnapshot>} */ snapshots) => {
  /** @type {Array<Answer>} */
  const answers = []
  for (const snapshot of snapshots) {
    const skipped = isSkipped(snapshot)
    const computer = snapshot.computer.id
    const shown = facts.ofComputer(snapshot)
    /** @type {Array<Promise<Answer>>} */
    const asked = []
    for (const { id, product, serialNumber, installationKey } of snapshot.installations ?? []) {
      const shelf = skipped ? undefined : facts.shelfOf(product)
      const later =
        shelf === undefined
          ? Promise.resolve({ computer, installation: id, outcome: skipped ? 'skipped' : 'untracked' })
          : ask(shelf, { ...shown, serialNumber: form(serialNumber), installationKey: form(installationKey) }).then(
              (line) => answer(computer, id, line),
            )
      if (manner === 'one by one') await later
      asked.push(later)
    }
    answers.push(...(await Promise.all(asked)))
  }
  return answers
}
