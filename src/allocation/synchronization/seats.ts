/**
 * Who uses a license, and who took each of its entitlements: the limit that `capacity: enforced` sets, and the ledger that
 * every run keeps (ALLOC-73, 74).
 *
 * Laws:
 *
 * 1. A computer has one seat of a license, however many of its installations the license covers (ALLOC-67)
 * 2. The seats of a license are in the order in which they were taken; those that were there before the run come first
 *
 * @since 0.1.0
 */
import type { RuleName } from '../../record/Decision.js'
import type { ComputerId, InstallationId, LicenseId } from '../../value/Id.js'
import * as Text from '../../value/Text.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * An entitlement of a license that a computer uses. One that was there before the run has no rule; one that the run took
 * names the rule, its place in the book, and the installation that was allocated.
 *
 * @since 0.1.0
 */
export interface Seat<Name extends string = RuleName> {
  readonly computer: ComputerId
  readonly rule?: Name
  readonly place?: number
  readonly installation?: InstallationId
}

/**
 * The seats of a license, in the order in which they were taken.
 *
 * @since 0.1.0
 */
export interface LicenseSeats<Name extends string = RuleName> {
  readonly license: LicenseId
  readonly seats: ReadonlyArray<Seat<Name>>
}

/**
 * The seats of all licenses that any computer uses, by license id.
 *
 * @since 0.1.0
 */
export type SeatLedger<Name extends string = RuleName> = ReadonlyArray<LicenseSeats<Name>>

// -------------------------------------------------------------------------------------
// the ledger
// -------------------------------------------------------------------------------------

/** The order in which seats are taken: those before the run by computer, then by rule, computer and installation (ALLOC-74). */
export const inOrder = (a: Seat<string>, b: Seat<string>): number =>
  (a.place ?? -1) - (b.place ?? -1) ||
  Text.compare(a.computer, b.computer) ||
  Text.compare(a.installation ?? '', b.installation ?? '')

/** Seats while they are taken. */
export interface OpenLedger<Name extends string> {
  readonly has: (license: LicenseId, computer: ComputerId) => boolean
  readonly count: (license: LicenseId) => number
  /** Takes a seat, unless the computer has one: was one taken? */
  readonly take: (license: LicenseId, seat: Seat<Name>) => boolean
  readonly close: () => SeatLedger<Name>
}

export const openLedger = <Name extends string>(): OpenLedger<Name> => {
  const taken = new Map<LicenseId, Map<ComputerId, Seat<Name>>>()
  return {
    has: (license, computer) => taken.get(license)?.has(computer) === true,
    count: (license) => taken.get(license)?.size ?? 0,
    take: (license, seat) => {
      const seats = taken.get(license)
      if (seats === undefined) {
        taken.set(license, new Map([[seat.computer, seat]]))
        return true
      }
      const earlier = seats.get(seat.computer)
      if (earlier === undefined || inOrder(seat, earlier) < 0) seats.set(seat.computer, seat)
      return earlier === undefined
    },
    close: () =>
      Array.from(taken, ([license, seats]) => ({ license, seats: [...seats.values()].sort(inOrder) })).sort((a, b) =>
        Text.compare(a.license, b.license),
      ),
  }
}
