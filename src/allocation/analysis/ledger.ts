/**
 * What the families of findings look at: a catalog made ready, its licenses in the order of their ids, and what the caller
 * told besides.
 */
import type { Allocation } from '../../record/Allocation.js'
import type { Catalog } from '../../record/Catalog.js'
import type { SoftwareLicense } from '../../record/SoftwareLicense.js'
import type { Day } from '../../value/Day.js'
import { byId } from '../../value/Order.js'
import * as Text from '../../value/Text.js'
import { retiredIn } from '../licenses.js'
import type { Prepared, Shelf } from '../prepare.js'

/** What is looked at. */
export interface Ledger {
  readonly prepared: Prepared<string>
  readonly form: (text: string) => Text.Form
  /** Each once, in the order of their ids. */
  readonly licenses: ReadonlyArray<SoftwareLicense>
  /** Those of them that are not retired, nor of a retired tracked software. */
  readonly live: ReadonlyArray<SoftwareLicense>
  /** In the order of the ids of the software. */
  readonly shelves: ReadonlyArray<Shelf>
  readonly asOf: Day | undefined
  /** May a license be full, so that one behind it gets its turn (ALLOC-73)? */
  readonly isEnforced: boolean
  readonly allocations: ReadonlyArray<Allocation>
}

/** What the caller told besides the catalog. */
export type Besides = Pick<Ledger, 'asOf' | 'isEnforced' | 'allocations'>

export const ledgerOf = (
  catalog: Catalog,
  prepared: Prepared<string>,
  mode: Text.TextMode,
  besides: Besides,
): Ledger => {
  const licenses = byId([...prepared.licenses().values()])
  const isRetired = retiredIn(catalog)
  return {
    prepared,
    form: Text.form(mode),
    licenses,
    live: licenses.filter((license) => !isRetired(license)),
    shelves: [...prepared.shelves].sort((a, b) => Text.compare(a.software.id, b.software.id)),
    ...besides,
  }
}

export const idsOf = <Id extends string>(records: ReadonlyArray<{ readonly id: Id }>): ReadonlyArray<Id> =>
  records.map(({ id }) => id)
