/**
 * Rule books of a caller's own: the documented rules in another order, some of them left out or tried again in another
 * group, and rules on a criterion that the documents do not know.
 */
import fc from 'fast-check'
import { Allocation, Condition, Criterion, Rule, type SoftwareLicense } from 'seatwise'
import { COMPUTER_IDS, LICENSE_IDS } from './vocabulary.js'

/** What one knows beside the records: which cost center a computer or a license belongs to. */
export type CostCenters = ReadonlyMap<string, string>

/** Matches licenses and computers of one cost center, closed over a table of the caller's own. */
export const costCenterBy = (centers: CostCenters): Allocation.LicenseCriterion => {
  const of = (id: string): ReadonlyArray<string> => {
    const center = centers.get(id)
    return center === undefined ? [] : [center]
  }
  return Criterion.make<Allocation.Subject, SoftwareLicense.SoftwareLicense>({
    name: 'cost center',
    requires: ({ id }) => of(id),
    shows: ({ snapshot }) => of(snapshot.computer.id),
  })
}

const IDS = [...COMPUTER_IDS, ...LICENSE_IDS, ...[0, 1, 2, 3].flatMap((n) => [`target-${String(n)}`, `T-${String(n)}`])]

export const costCenters: fc.Arbitrary<CostCenters> = fc
  .array(fc.tuple(fc.constantFrom(...IDS), fc.constantFrom('north', 'south')), { maxLength: 12 })
  .map((entries) => new Map(entries))

/** Makes a book, as `Options.rules` does. */
export type MakeBook = NonNullable<Allocation.Options<string>['rules']>

/** Rules that the documents do not have: on the cost center, with what a policy would add, and with no condition. */
const rulesOn = (
  { organization, device, location, serialNumber, onlyMain }: Allocation.Criteria,
  costCenter: Allocation.LicenseCriterion,
): Allocation.AllocationBook<string> => [
  Rule.rule('cost center', costCenter),
  Rule.rule('cost center and organization', costCenter, organization),
  Rule.rule('cost center, no device', costCenter, Condition.absent(device)),
  Rule.rule('no cost center', Condition.absent(costCenter), serialNumber),
  Rule.rule('cost center not violated', Condition.permits(costCenter), Condition.permits(location), device),
  Rule.rule('only main', onlyMain),
  Rule.rule('anything'),
]

/** Some of the documented rules and of the others, in any order; one may come twice, in two groups. */
export const ownBook: fc.Arbitrary<MakeBook> = fc
  .record({
    centers: costCenters,
    picks: fc.array(fc.record({ rule: fc.nat({ max: 21 }), group: fc.constantFrom(undefined, 0, 1, 2, 3, 4) }), {
      minLength: 1,
      maxLength: 12,
    }),
  })
  .map(({ centers, picks }): MakeBook => (criteria, documented) => {
    const all = [...documented, ...rulesOn(criteria, costCenterBy(centers))]
    const seen = new Set<string>()
    return picks.map(({ rule, group }, place) => {
      const picked = all[rule % all.length]!
      // Each rule of a book has a name of its own.
      const name = seen.has(picked.name) ? `${picked.name} (${String(place)})` : picked.name
      seen.add(name)
      return { ...picked, name, ...(group === undefined ? {} : { group }) }
    })
  })
