// The one program of the TypeScript consumer. The test copies it to main.cts and main.ts, so that it is checked as an ES
// module, as a CommonJS module and as a bundler sees it.
import { either as E, function as F, option as O } from 'fp-ts'
import type * as t from 'io-ts'
import { Allocation, AuditSnapshot, Catalog, Day, Estate, Instant, type Decision, type Rejection } from 'seatwise'
import { compile, type Allocate } from 'seatwise/allocation'
import { plan, type Plan } from 'seatwise/deployment'

const { left, right: catalog } = Catalog.decode({
  software: [{ id: 'visio', name: 'Visio', products: ['Visio 2024'] }],
  licenses: [{ id: 'L-1', name: 'Visio', software: 'visio', serialNumber: 'A-1' }],
})
const rejections: ReadonlyArray<Rejection.Rejection> = left
const { right: snapshots } = AuditSnapshot.decodeAll([
  {
    computer: { id: 'pc-1', name: 'PC-1' },
    installations: [{ id: 'i-1', product: 'Visio 2024', serialNumber: 'a-1' }],
  },
])

// No type argument is needed, and the types are those of the user's own fp-ts and io-ts.
const allocate = F.pipe(catalog, Allocation.compile({ restrictions: 'strict' }))
const decisions: ReadonlyArray<Decision.Decision> = F.pipe(
  allocate,
  E.map((decide: Allocate) => snapshots.flatMap(decide)),
  E.getOrElseW(() => []),
)
const codec: t.Type<Catalog.Catalog, unknown> = Catalog.Catalog
const day: O.Option<Day.Day> = Day.parse('2026-11-22')

const planned: E.Either<ReadonlyArray<Rejection.Rejection>, Plan> = F.pipe(
  Instant.parse('2026-03-10T12:00:00Z'),
  E.fromOption(() => []),
  E.chainW((now) =>
    F.pipe(
      Estate.decode({ settings: { umsVersion: '12.10.100', umsId: 'ums-1' }, packs: [], devices: [] }),
      E.chain(({ right: estate }) => plan(estate, now)),
    ),
  ),
)

// An outcome is one of a few: a switch over them needs no default.
const count = (outcome: Decision.Decision['outcome']): number => {
  switch (outcome) {
    case 'allocated':
    case 'kept':
      return 1
    case 'unreconciled':
    case 'untracked':
    case 'skipped':
      return 0
  }
}

// What makes no sense does not compile.
export const mistakes = (): ReadonlyArray<unknown> => [
  // @ts-expect-error an option that does not exist
  compile({ restrictions: 'lenient' }),
  // @ts-expect-error a text is not yet a day
  Day.show('2026-11-22'),
  // @ts-expect-error a text is not yet an instant
  E.map((decoded: { readonly right: Estate.Estate }) => plan(decoded.right, '2026-11-22T00:00:00Z')),
]

const problems = [
  rejections.length === 0 ? [] : ['rejections'],
  decisions.reduce((sum, { outcome }) => sum + count(outcome), 0) === 1 ? [] : ['allocated'],
  decisions[0]?.rule === '1.2' ? [] : ['rule'],
  E.isRight(codec.decode(catalog)) ? [] : ['codec'],
  O.isSome(day) ? [] : ['day'],
  E.isRight(planned) ? [] : ['planned'],
].flat()

export const result: string = problems.length === 0 ? 'ok' : problems.join(', ')
