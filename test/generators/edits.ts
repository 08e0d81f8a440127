/**
 * Edits of worlds of allocation, in the wire format, and what they make of a world when a test carries them out by hand.
 */
import fc from 'fast-check'
import { Allocation, type AuditSnapshot, type Unit } from 'seatwise'

type Edit = Allocation.Edit.AllocationEdit

/** An edit by numbers, until there is a world that it can be about. */
type Plan = { readonly kind: Edit['kind']; readonly a: number; readonly b: number; readonly flag: boolean }

const plan: fc.Arbitrary<Plan> = fc.record({
  kind: fc.constantFrom(
    ...(['buy', 'add-license', 'retire-license', 'move-unit', 'move-computers', 'policy', 'rules'] as const),
  ),
  a: fc.nat({ max: 11 }),
  b: fc.nat({ max: 11 }),
  flag: fc.boolean(),
})

const at = <A>(list: ReadonlyArray<A>, place: number): A | undefined => list[place % Math.max(1, list.length)]

const POLICIES = [
  { restrictions: 'strict' },
  { keyMatches: 'honor-restrictions' },
  { mainLicense: 'honor-restrictions' },
  { capacity: 'enforced' },
  { capacity: 'unlimited' },
  { existing: 'reevaluate-all' },
  { existing: null },
  { severalMains: 'none' },
] as const

const RULES = Allocation.table.map(({ rule }) => rule)

const editIn = ({ catalog }: Allocation.Given, { kind, a, b, flag }: Plan): object => {
  const { organizations = [], locations = [], licenses, software } = catalog
  const license = at(licenses, a)
  const field = flag ? 'organization' : 'location'
  const units = flag ? organizations : locations
  switch (kind) {
    case 'buy':
      return { kind, license: license?.id ?? 'L-gone', entitlements: b % 4 }
    case 'add-license': {
      const { id: _id, ...rest } = license ?? { id: '', name: 'New', software: at(software, b)?.id ?? 'gone' }
      return {
        kind,
        license: Allocation.Edit.AllocationEdit.encode({ kind, license: { ...rest, id: 'L-new' } } as Edit),
      }
    }
    case 'retire-license':
      return { kind, license: license?.id ?? 'L-gone' }
    case 'move-unit':
      return { kind, tree: `${field}s`, unit: at(units, a)?.id ?? 'gone', parent: b > 8 ? null : at(units, b)?.id }
    case 'move-computers':
      return {
        kind,
        of: { [field]: { unit: at(units, a)?.id ?? 'gone', includeSubunits: b % 2 === 0 } },
        to: { [field]: at(units, b)?.id ?? 'gone' },
      }
    case 'policy':
      return { kind, changes: at(POLICIES, a) }
    case 'rules':
      return { kind, order: flag ? [...RULES].reverse() : [...RULES.slice(a), ...RULES.slice(0, b % (a + 1))] }
  }
}

/** What is wrapped once too often by the encoder of a license alone. */
const unwrapped = (edit: object): object => {
  const { kind, license } = edit as { readonly kind: string; readonly license?: { readonly license?: object } }
  return kind === 'add-license' ? { kind, license: license?.license } : edit
}

/** Up to three edits of a world, as they go over the wire. Some name what is not there, or contradict each other. */
export const editsOf = (given: Allocation.Given): fc.Arbitrary<ReadonlyArray<object>> =>
  fc.array(plan, { minLength: 1, maxLength: 3 }).map((plans) => plans.map((each) => unwrapped(editIn(given, each))))

// -------------------------------------------------------------------------------------
// by hand
// -------------------------------------------------------------------------------------

/** The unit ids that a reference means: of these trees, ids alone are used. */
const within = (units: ReadonlyArray<Unit.Unit>, id: string | undefined, top: string, below: boolean): boolean => {
  for (let unit = units.find((each) => each.id === id); unit !== undefined;) {
    if (unit.id === top) return true
    const { parent } = unit
    unit = below ? units.find((each) => each.id === parent) : undefined
  }
  return false
}

/** A world after an edit, by the words of the edit. `meant` finds the unit that a reference of a snapshot means. */
export const carriedOut =
  (before: Allocation.Given, meant: (tree: 'organizations' | 'locations', reference: string) => string | undefined) =>
  (given: Allocation.Given<string>, edit: Edit): Allocation.Given<string> => {
    const { catalog } = given
    switch (edit.kind) {
      case 'buy':
        return {
          ...given,
          catalog: {
            ...catalog,
            licenses: catalog.licenses.map((each) =>
              each.id === edit.license
                ? { ...each, entitlements: ((each.entitlements ?? 0) + edit.entitlements) as typeof edit.entitlements }
                : each,
            ),
          },
        }
      case 'add-license':
        return { ...given, catalog: { ...catalog, licenses: [...catalog.licenses, edit.license] } }
      case 'retire-license':
        return {
          ...given,
          catalog: {
            ...catalog,
            licenses: catalog.licenses.map((each) => (each.id === edit.license ? { ...each, retired: true } : each)),
          },
        }
      case 'move-unit':
        return {
          ...given,
          catalog: {
            ...catalog,
            [edit.tree]: (catalog[edit.tree] ?? []).map(({ parent: _, ...each }) =>
              each.id === edit.unit
                ? { ...each, ...(edit.parent === undefined ? {} : { parent: edit.parent }) }
                : { ...each, ...(_ === undefined ? {} : { parent: _ }) },
            ),
          },
        }
      case 'move-computers': {
        const isChosen = (snapshot: AuditSnapshot.AuditSnapshot): boolean =>
          (['organization', 'location'] as const).every((field) => {
            const asked = edit.of[field]
            if (asked === undefined) return true
            const [tree, reference] = [`${field}s` as const, snapshot[field]]
            const unit = reference === undefined ? undefined : meant(tree, reference)
            const top = meant(tree, asked.unit)
            return top !== undefined && within(before.catalog[tree] ?? [], unit, top, asked.includeSubunits === true)
          })
        const chosen = new Set(before.snapshots.filter(isChosen).map(({ computer }) => computer.id))
        return {
          ...given,
          snapshots: given.snapshots.map((each) => (chosen.has(each.computer.id) ? { ...each, ...edit.to } : each)),
        }
      }
      case 'policy': {
        const policy = Object.entries({ ...given.policy, ...edit.changes }).filter(([, value]) => value !== null)
        return { ...given, policy: Object.fromEntries(policy) }
      }
      case 'rules':
        return {
          ...given,
          rules: (_, documented) => edit.order.flatMap((name) => documented.filter((rule) => rule.name === name)),
        }
    }
  }
