/**
 * The invariants of the ledger that a run keeps, one line each (allocation.md).
 */
import { inOrder } from '../seats.js'
import { keyOf } from './indexes.js'
import { invariant, isAscending, place, type Invariant } from './invariant.js'
import { priorUsersIn, seatsTwice, takenInExcess, usersIn, type LicenseSeat, type Users } from './seating.js'

const placeOfSeat = ({ license, seat }: LicenseSeat): string => place(license, seat.computer)

/** Who is among some users of licenses and not among others. */
const without = (some: Users, others: Users): ReadonlyArray<string> =>
  [...some].flatMap(([license, computers]) =>
    [...computers]
      .filter((computer) => others.get(license)?.has(computer) !== true)
      .map((computer) => place(license, computer)),
  )

export const ofSeats: ReadonlyArray<Invariant> = [
  invariant('one-seat-a-computer', 'ALLOC-67', ({ seats }) => seatsTwice(seats).map(placeOfSeat)),
  invariant('seats-in-turn', 'ALLOC-74', ({ outcome: { ledger } }) =>
    ledger.filter(({ seats }) => !isAscending(seats, inOrder)).map(({ license }) => place(license)),
  ),
  invariant('seat-for-the-allocated', 'ALLOC-73', ({ cases, seats }) => {
    const users = usersIn(seats)
    return cases.flatMap(({ decision: { outcome, computer, installation, license } }) =>
      outcome !== 'allocated' || (license !== undefined && users.get(license)?.has(computer) === true)
        ? []
        : [place(computer, installation)],
    )
  }),
  invariant('seats-as-decided', 'ALLOC-73', ({ outcome: { decisions }, seats }) => {
    const allocated = new Set(
      decisions
        .filter(({ outcome }) => outcome === 'allocated')
        .map(({ computer, installation, license, rule }) => keyOf(computer, installation, license, rule)),
    )
    return seats
      .filter(
        ({ license, seat: { computer, installation, rule } }) =>
          rule !== undefined && !allocated.has(keyOf(computer, installation, license, rule)),
      )
      .map(placeOfSeat)
  }),
  invariant('ledger-as-given', 'ALLOC-73', ({ given: { catalog }, pasts, seats }) => {
    const told = usersIn(seats.filter(({ seat }) => seat.rule === undefined))
    const users = priorUsersIn(catalog, pasts)
    return [...without(told, users), ...without(users, told)]
  }),
  invariant('within-entitlements', 'ALLOC-73', ({ given: { catalog }, policy, pasts, seats }) =>
    policy.capacity === 'enforced' ? takenInExcess(catalog, pasts, seats).map(placeOfSeat) : [],
  ),
]
