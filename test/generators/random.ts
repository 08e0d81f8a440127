/**
 * Rearrangements of given values, by a seed: what must not change a decision (ALLOC-68).
 */

/** Numbers from 0 up to 1, one after the other (mulberry32): small, seeded, and good enough to shuffle by. */
const numbersFrom = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const shuffledBy = <A>(next: () => number, list: ReadonlyArray<A>): ReadonlyArray<A> =>
  list
    .map((entry) => ({ entry, place: next() }))
    .sort((a, b) => a.place - b.place)
    .map(({ entry }) => entry)

/** JSON values, one inside the other, rebuilt from the inside out. */
const rebuild = (
  value: unknown,
  list: (entries: ReadonlyArray<unknown>) => unknown,
  record: (fields: ReadonlyArray<readonly [string, unknown]>) => unknown,
): unknown => {
  if (Array.isArray(value)) return list(value.map((entry: unknown) => rebuild(entry, list, record)))
  if (typeof value !== 'object' || value === null) return value
  return record(Object.entries(value).map(([field, held]) => [field, rebuild(held, list, record)]))
}

/** Shuffles every list, however deep it lies. */
export const shuffleLists =
  (seed: number) =>
  <A>(value: A): A => {
    const next = numbersFrom(seed)
    return rebuild(value, (entries) => shuffledBy(next, entries), Object.fromEntries) as A
  }

/** Shuffles the fields of every record. */
export const shuffleFields =
  (seed: number) =>
  <A>(value: A): A => {
    const next = numbersFrom(seed)
    return rebuild(
      value,
      (entries) => entries,
      (fields) => Object.fromEntries(shuffledBy(next, fields)),
    ) as A
  }

/** Adds fields to every record that stands in a list, and to those inside it. */
export const addFields =
  (added: (fields: ReadonlyArray<readonly [string, unknown]>) => ReadonlyArray<readonly [string, unknown]>) =>
  <A>(value: A): A =>
    rebuild(
      value,
      (entries) => entries,
      (fields) => Object.fromEntries([...fields, ...added(fields)]),
    ) as A
