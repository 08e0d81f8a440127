/**
 * From worlds to decisions, by either reader and by the model.
 */
import { either as E } from 'fp-ts'
import { Allocation, AllocationPolicy, AuditSnapshot, Catalog, Day, Decision, Rejection } from 'seatwise'
import { model, type WireDecision } from '../model/allocation.js'
import type { World } from './world.js'

export const READERS = ['compiled', 'reference'] as const

export type ReaderName = (typeof READERS)[number]

/** What only a fault of the test itself can make impossible. */
const must = <A>(what: string, value: E.Either<unknown, A>): A => {
  if (E.isRight(value)) return value.right
  throw new Error(`${what}: ${JSON.stringify(value.left)}`)
}

const withoutErrors = <A>({
  left,
  right,
}: {
  readonly left: ReadonlyArray<Rejection.Rejection>
  readonly right: A
}): A => {
  const errors = left.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) throw new Error(errors.map(Rejection.render).join('\n'))
  return right
}

/** A world as the library reads it. Duplicates warn; anything worse is a fault of the generators. */
export const decode = ({ catalog, snapshots, policy, asOf }: World) => ({
  catalog: withoutErrors(Catalog.decode(catalog)),
  snapshots: withoutErrors(AuditSnapshot.decodeAll(snapshots)),
  options: {
    ...must('policy', AllocationPolicy.AllocationPolicy.decode(policy)),
    ...(asOf === undefined ? {} : { asOf: must('asOf', E.fromOption(() => asOf)(Day.parse(asOf))) }),
  },
})

export type DecodedWorld = ReturnType<typeof decode>

/** Decides a decoded world in one run. */
export const runWith =
  (reader: ReaderName) =>
  ({ catalog, snapshots, options: { asOf, ...policy } }: DecodedWorld): ReadonlyArray<Decision.Decision> =>
    must('run', Allocation.run({ catalog, snapshots, policy, reader, ...(asOf === undefined ? {} : { asOf }) }))
      .decisions

/** Decides a world by one of the readers. The decisions are as they go over the wire. */
export const decideWith =
  (reader: ReaderName) =>
  (world: World): ReadonlyArray<WireDecision> =>
    runWith(reader)(decode(world)).map((decision) => Decision.Decision.encode(decision) as WireDecision)

/** Decides a world as the library does unless it is told otherwise. */
export const decide = decideWith('compiled')

/** Decides a world by the model, which shares nothing with the library but the rules it was written from. */
export const decideByModel = (world: World): ReadonlyArray<WireDecision> => model(world)

/** Explains every decision of a world, in the order of the decisions. */
export const explainAll = (world: World): ReadonlyArray<Allocation.Explanation> => {
  const { catalog, snapshots, options } = decode(world)
  const explain = must('explain', Allocation.explain(options)(catalog))
  return runWith('compiled')({ catalog, snapshots, options }).map(({ computer, installation }) => {
    const snapshot = snapshots.find((each) => each.computer.id === computer)!
    return must('explanation', E.fromOption(() => installation)(explain(snapshot, installation)))
  })
}
