/**
 * Who used a license before the run, by the given allocations alone, and which of the seats that the run took were not
 * free (ALLOC-73, 74). The ledger of the outcome is what is judged here, so nothing of it is believed.
 */
import type { Catalog } from '../../../record/Catalog.js'
import type { ComputerId, LicenseId } from '../../../value/Id.js'
import { limitOf, licensesById, upgradesIn } from '../../licenses.js'
import { inOrder, type Seat, type SeatLedger } from '../seats.js'
import { isOfUse, type Past } from './past.js'

/** A seat with the license that it is of. */
export interface LicenseSeat {
  readonly license: LicenseId
  readonly seat: Seat<string>
}

/** The computers that use each license. */
export type Users = ReadonlyMap<LicenseId, ReadonlySet<ComputerId>>

type OpenUsers = Map<LicenseId, Set<ComputerId>>

/** Adds a user of a license; tells whether it was none before. */
const added = (users: OpenUsers, license: LicenseId, computer: ComputerId): boolean => {
  const known = users.get(license)
  if (known === undefined) users.set(license, new Set([computer]))
  else return known.size < known.add(computer).size
  return true
}

/** Every seat of a ledger. */
export const seatsIn = (ledger: SeatLedger<string>): ReadonlyArray<LicenseSeat> =>
  ledger.flatMap(({ license, seats }) => seats.map((seat) => ({ license, seat })))

/** The seats of computers that have one of the same license already. */
export const seatsTwice = (seats: ReadonlyArray<LicenseSeat>): ReadonlyArray<LicenseSeat> => {
  const users: OpenUsers = new Map()
  return seats.filter(({ license, seat }) => !added(users, license, seat.computer))
}

/** The computers that have these seats. */
export const usersIn = (seats: ReadonlyArray<LicenseSeat>): Users => {
  const users: OpenUsers = new Map()
  for (const { license, seat } of seats) added(users, license, seat.computer)
  return users
}

/** The users of the licenses of a catalog before any rule is tried (ALLOC-73). */
export const priorUsersIn = (catalog: Catalog, pasts: ReadonlyArray<Past>): OpenUsers => {
  const licenses = licensesById(catalog)
  const users: OpenUsers = new Map()
  for (const past of pasts) {
    const { license, computer } = past.allocation
    if (licenses.has(license) && isOfUse(past)) added(users, license, computer)
  }
  return users
}

/** The seats that a run took of limited licenses that had none left, when they are taken in their order. */
export const takenInExcess = (
  catalog: Catalog,
  pasts: ReadonlyArray<Past>,
  seats: ReadonlyArray<LicenseSeat>,
): ReadonlyArray<LicenseSeat> => {
  const licenses = licensesById(catalog)
  const upgrades = upgradesIn(catalog)
  const users = priorUsersIn(catalog, pasts)
  const countOf = (license: LicenseId): number => users.get(license)?.size ?? 0
  const isFull = (id: LicenseId): boolean => {
    const license = licenses.get(id)
    const limit = license === undefined ? undefined : limitOf(license)
    if (limit === undefined) return false
    return (upgrades.get(id) ?? []).reduce((sum, upgrade) => sum + countOf(upgrade.id), countOf(id)) >= limit
  }
  return seats
    .filter(({ seat }) => seat.rule !== undefined)
    .sort((a, b) => inOrder(a.seat, b.seat))
    .filter(({ license, seat }) => {
      const isExcess = isFull(license)
      return added(users, license, seat.computer) && isExcess
    })
}
