/**
 * What a subject has to show at least for a candidate to match a rule, told from the keys that the candidate requires.
 *
 * Law: a candidate matches a rule for exactly those subjects that show at least what one of its least showings does, one key
 * for each criterion that is asked for.
 *
 * It knows no criterion by name.
 */
import { O } from '../prelude.js'
import { show, type Condition } from './Condition.js'
import * as Criterion from './Criterion.js'
import type { Reading } from './Reader.js'
import type { Rule, RuleBook } from './Rule.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** What a subject shows at least, by criterion. */
export type Showing<S, C> = ReadonlyMap<Criterion.Criterion<S, C>, ReadonlyArray<Criterion.Key>>

/** Why a rule can never be matched: its first condition that fails whatever the subject is. */
export interface Bar<Name extends string> {
  readonly rule: Name
  readonly condition: string
  readonly kind: 'not-asked' | 'not-absent' | 'not-so' | 'nobody'
}

// -------------------------------------------------------------------------------------
// least showings
// -------------------------------------------------------------------------------------

/** Candidates with more least showings at a rule are not asked about. */
const MOST_SHOWINGS = 1_024

/** What shows a key, and all that goes with it. */
const withEntailed = <S, C>(
  { entails }: Criterion.Criterion<S, C>,
  key: Criterion.Key,
): ReadonlyArray<Criterion.Key> | undefined => {
  if (entails === undefined) return [key]
  const others = entails(key)
  return others === undefined ? undefined : [key, ...others]
}

/** A candidate with the keys that it requires, each criterion asked once. */
export interface Asker<S, C> {
  readonly candidate: C
  readonly keysOf: (criterion: Criterion.Criterion<S, C>) => ReadonlySet<Criterion.Key>
}

export const askerOf = <S, C>(candidate: C): Asker<S, C> => {
  const known = new Map<Criterion.Criterion<S, C>, ReadonlySet<Criterion.Key>>()
  return {
    candidate,
    keysOf: (criterion) => {
      const before = known.get(criterion)
      if (before !== undefined) return before
      const keys = new Set(O.getOrElse((): ReadonlyArray<Criterion.Key> => [])(criterion.requires(candidate)))
      known.set(criterion, keys)
      return keys
    },
  }
}

/** A criterion with no alternatives, and what is shown for it. */
type Shown<S, C> = readonly [Criterion.Criterion<S, C>, ReadonlyArray<Criterion.Key>]

/** The ways to meet a criterion, by showing one key of it or of one of its alternatives. */
const waysOf = <S, C>(criterion: Criterion.Criterion<S, C>, asker: Asker<S, C>): ReadonlyArray<Shown<S, C>> =>
  criterion.either === undefined
    ? Array.from(asker.keysOf(criterion), (key) => withEntailed(criterion, key)).flatMap((shown) =>
        shown === undefined ? [] : [[criterion, shown] as const],
      )
    : criterion.either.flatMap((each) => waysOf(each, asker))

const isMetBy = <S, C>(criterion: Criterion.Criterion<S, C>, asker: Asker<S, C>, showing: Showing<S, C>): boolean => {
  if (criterion.either !== undefined) return criterion.either.some((each) => isMetBy(each, asker, showing))
  const keys = asker.keysOf(criterion)
  return showing.get(criterion)?.some((key) => keys.has(key)) ?? false
}

/** The criterion that a condition makes a candidate meet, if any. */
const toMeet = <S, C>(condition: Condition<S, C>, { keysOf }: Asker<S, C>): Criterion.Criterion<S, C> | undefined => {
  switch (condition._tag) {
    case 'Criterion':
      return condition
    case 'Permits':
      return keysOf(condition.criterion).size > 0 ? condition.criterion : undefined
    case 'Absent':
    case 'When':
      return undefined
  }
}

/** Why a condition fails whatever the subject is. */
const barOf = <S, C>(condition: Condition<S, C>, asker: Asker<S, C>): Bar<string>['kind'] | undefined => {
  switch (condition._tag) {
    case 'When':
      return condition.holds(asker.candidate) ? undefined : 'not-so'
    case 'Absent':
      return asker.keysOf(condition.criterion).size === 0 ? undefined : 'not-absent'
    case 'Criterion':
      if (asker.keysOf(condition).size === 0) return 'not-asked'
      return waysOf(condition, asker).length === 0 ? 'nobody' : undefined
    case 'Permits':
      return asker.keysOf(condition.criterion).size === 0 || waysOf(condition.criterion, asker).length > 0
        ? undefined
        : 'nobody'
  }
}

export const barOfRule = <S, C, Name extends string>(
  { name, conditions }: Rule<S, C, Name>,
  asker: Asker<S, C>,
): Bar<Name> | undefined => {
  for (const condition of conditions) {
    const kind = barOf(condition, asker)
    if (kind !== undefined) return { rule: name, condition: show(condition), kind }
  }
  return undefined
}

/** The least showings for which a candidate matches a rule that nothing bars; nothing, where there are too many. */
export const leastShowings = <S, C>(
  { conditions }: Rule<S, C, string>,
  asker: Asker<S, C>,
): ReadonlyArray<Showing<S, C>> | undefined => {
  const asked = conditions.flatMap((condition) => toMeet(condition, asker) ?? [])
  // Alternatives last: what is shown for another criterion may be one of them.
  const inTurn = [
    ...asked.filter(({ either }) => either === undefined),
    ...asked.filter(({ either }) => either !== undefined),
  ]
  let showings: ReadonlyArray<Showing<S, C>> = [new Map()]
  for (const criterion of inTurn) {
    const ways = waysOf(criterion, asker)
    if (ways.length * showings.length > MOST_SHOWINGS ** 2) return undefined
    showings = showings.flatMap((showing) =>
      isMetBy(criterion, asker, showing) ? [showing] : ways.map((shown) => new Map([...showing, shown])),
    )
    if (showings.length > MOST_SHOWINGS) return undefined
  }
  return showings
}

// -------------------------------------------------------------------------------------
// reading showings
// -------------------------------------------------------------------------------------

/** A reading of showings: the same criteria, which see what is shown instead of a subject. */
export const readingOf = <S, C, Name extends string>(book: RuleBook<S, C, Name>): Reading<Showing<S, C>, C, Name> => {
  type Seen = Criterion.Criterion<Showing<S, C>, C>
  const known = new Map<Criterion.Criterion<S, C>, Seen>()
  const seen = (criterion: Criterion.Criterion<S, C>): Seen => {
    const made = known.get(criterion)
    if (made !== undefined) return made
    const { name, either, requires } = criterion
    const each: Seen =
      either === undefined
        ? Criterion.make({
            name,
            requires: (candidate: C) => O.toUndefined(requires(candidate)),
            shows: (showing: Showing<S, C>) => showing.get(criterion) ?? [],
          })
        : Criterion.either({ name }, seen(either[0]), seen(either[1]))
    known.set(criterion, each)
    return each
  }
  const translated = (condition: Condition<S, C>): Condition<Showing<S, C>, C> => {
    switch (condition._tag) {
      case 'Criterion':
        return seen(condition)
      case 'Absent':
      case 'Permits':
        return { _tag: condition._tag, criterion: seen(condition.criterion) }
      case 'When':
        return condition
    }
  }
  return {
    book: book.map(({ name, group, conditions }) => ({ name, group, conditions: conditions.map(translated) })),
    restricting: [],
  }
}
