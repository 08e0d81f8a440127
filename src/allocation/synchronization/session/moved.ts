/**
 * Whom a change of units concerns: the computers whose organization or location has another way up than before, or means
 * another unit, and the licenses whose restriction means another unit. A reference may be a path or a name, so that a unit
 * that moves can change what is meant by references that do not name it.
 */
import { E } from '../../../prelude.js'
import * as Hierarchy from '../../../hierarchy/Hierarchy.js'
import type { AuditSnapshot } from '../../../record/AuditSnapshot.js'
import type { SoftwareLicense } from '../../../record/SoftwareLicense.js'
import type { Unit } from '../../../record/Unit.js'
import type { ComputerId, UnitId } from '../../../value/Id.js'
import { memo, recall } from '../../../value/Memo.js'
import * as Text from '../../../value/Text.js'
import { policyOf } from '../given.js'
import type { Given } from '../run.js'
import type { Changes } from './records.js'

type Options = Pick<Given<string>, 'catalog' | 'policy'>

/** The computers, as they were before, and the licenses that a change concerns. */
interface Concerned {
  readonly computers: ReadonlyArray<ComputerId>
  readonly licenses: ReadonlyArray<SoftwareLicense>
}

/** What is to be asked of a reference: does it mean another unit, and has that another way up? */
interface Moved {
  readonly means: (reference: string) => boolean
  readonly leads: (reference: string) => boolean
}

const NOTHING: Moved = { means: () => false, leads: () => false }

const movedIn = (
  form: (text: string) => Text.Form,
  before: ReadonlyArray<Unit>,
  after: ReadonlyArray<Unit>,
  changed: ReadonlyArray<Unit>,
): Moved => {
  if (changed.length === 0) return NOTHING
  const [from, to] = [Hierarchy.build(form)(before), Hierarchy.build(form)(after)]
  // What contradicts itself is told when it is compiled.
  if (E.isLeft(from) || E.isLeft(to)) return NOTHING
  const [meantBefore, meansNow] = [Hierarchy.resolve(from.right), Hierarchy.resolve(to.right)]
  // INVARIANT: a way up on which no unit changed is the same way now.
  const changedAbove = Hierarchy.lineageWithin(from.right)(new Set<UnitId>(changed.map(({ id }) => id)))
  const answers = memo<string, readonly [boolean, boolean]>()
  const ask = (reference: string): readonly [boolean, boolean] =>
    recall(answers, reference, () => {
      const [was, is] = [meantBefore(reference), meansNow(reference)]
      if (was._tag !== 'Found' || is._tag !== 'Found') return [was._tag !== is._tag, was._tag !== is._tag]
      const isOther = was.unit !== is.unit
      return [isOther, isOther || changedAbove(was.unit).length > 0]
    })
  return { means: (reference) => ask(reference)[0], leads: (reference) => ask(reference)[1] }
}

/** Whom the change of units between two catalogs concerns. */
export const movedBetween = (
  before: Options,
  after: Options,
  changes: Changes,
  snapshots: ReadonlyMap<ComputerId, AuditSnapshot>,
): Concerned => {
  if (changes.organizations === undefined && changes.locations === undefined) return { computers: [], licenses: [] }
  const form = Text.form(policyOf(before.policy).text ?? 'case-insensitive')
  const moved = (collection: 'organizations' | 'locations'): Moved =>
    movedIn(form, before.catalog[collection] ?? [], after.catalog[collection] ?? [], changes[collection] ?? [])
  const [organizations, locations] = [moved('organizations'), moved('locations')]
  return {
    computers: [...snapshots.values()]
      .filter(({ organization = '', location = '' }) => organizations.leads(organization) || locations.leads(location))
      .map(({ computer }) => computer.id),
    licenses: before.catalog.licenses.filter(
      ({ restrictions: { organization, location } = {} }) =>
        organizations.means(organization?.unit ?? '') || locations.means(location?.unit ?? ''),
    ),
  }
}
