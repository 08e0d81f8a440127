/**
 * Which candidates of a shelf can never win, whatever the subject is, and by whom they are shadowed: told from the keys that
 * candidates require, of no subject in particular.
 *
 * Every condition of a rule is kept by showing more. So a candidate matches a rule for exactly those subjects that show at
 * least what one of its *least* showings does, one key for each criterion that is asked for; and whoever matches for such a
 * showing matches for every subject that shows more.
 *
 * Laws, of a shelf with the readers' order of rules and candidates:
 *
 * 1. Proof: a candidate that is `Barred` matches no rule, and one that is `Shadowed` wins for no subject; of the rule that
 *    it matches first, one of those named for that rule matches an earlier one, or that one and ranks before it
 * 2. Names: where a candidate that is `Tied` wins, one of those named for the rule matches that rule, too
 * 3. Silence: what is not proved is not told
 *
 * It knows no criterion by name.
 */
import { O } from '../prelude.js'
import * as Compiled from './Compiled.js'
import { show, type Condition } from './Condition.js'
import * as Criterion from './Criterion.js'
import type { Match, Reader, Reading } from './Reader.js'
import type { Rule, RuleBook } from './Rule.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** What a subject shows at least, by criterion. */
export type Showing<S, C> = ReadonlyMap<Criterion.Criterion<S, C>, ReadonlyArray<Criterion.Key>>

/** Another candidate, and the rule that it matches. */
export interface Rival<C, Name extends string> {
  readonly candidate: C
  readonly rule: Name
}

/** A rule that a candidate can match, with those who match, one or the other, whenever it does. */
export interface Contest<C, Name extends string> {
  readonly rule: Name
  readonly rivals: ReadonlyArray<Rival<C, Name>>
}

/** Why a rule can never be matched: its first condition that fails whatever the subject is. */
export interface Bar<Name extends string> {
  readonly rule: Name
  readonly condition: string
  readonly kind: 'not-asked' | 'not-absent' | 'not-so' | 'nobody'
}

/** What was proved of a candidate. */
export type Verdict<C, Name extends string> =
  | { readonly _tag: 'Barred'; readonly candidate: C; readonly bars: ReadonlyArray<Bar<Name>> }
  | { readonly _tag: 'Shadowed'; readonly candidate: C; readonly contests: ReadonlyArray<Contest<C, Name>> }
  | { readonly _tag: 'Tied'; readonly candidate: C; readonly contests: ReadonlyArray<Contest<C, Name>> }

/** What was proved of a shelf, and of how many of its candidates nothing was asked, since it took too long. */
export interface Proved<C, Name extends string> {
  readonly verdicts: ReadonlyArray<Verdict<C, Name>>
  readonly unasked: number
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
interface Asker<S, C> {
  readonly candidate: C
  readonly keysOf: (criterion: Criterion.Criterion<S, C>) => ReadonlySet<Criterion.Key>
}

const askerOf = <S, C>(candidate: C): Asker<S, C> => {
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

const barOfRule = <S, C, Name extends string>(
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
const leastShowings = <S, C>(
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
const readingOf = <S, C, Name extends string>(book: RuleBook<S, C, Name>): Reading<Showing<S, C>, C, Name> => {
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

// -------------------------------------------------------------------------------------
// proving
// -------------------------------------------------------------------------------------

/**
 * What one shelf may cost: so much for each candidate, and so much in all. Who matches with many others is asked about once
 * for all that show the same.
 */
const COST_EACH = 64
const COST_IN_ALL = 16_384

/** What is asked of one shelf. */
interface Court<S, C, Name extends string> {
  readonly book: RuleBook<S, C, Name>
  readonly rankOf: (candidate: C) => number
  readonly match: (showing: Showing<S, C>) => O.Option<Match<C, Name>>
}

const isEmpty = (list: ReadonlyArray<unknown>): boolean => list.length === 0

const verdictOf = <S, C, Name extends string>(
  { book, rankOf, match }: Court<S, C, Name>,
  candidate: C,
): Verdict<C, Name> | undefined => {
  const bars: Array<Bar<Name>> = []
  const shadowed: Array<Contest<C, Name>> = []
  const tied: Array<Contest<C, Name>> = []
  const rank = rankOf(candidate)
  const asker = askerOf<S, C>(candidate)
  for (const [place, rule] of book.entries()) {
    const bar = barOfRule(rule, asker)
    if (bar !== undefined) {
      bars.push(bar)
      continue
    }
    const showings = leastShowings(rule, asker)
    if (showings === undefined) return undefined
    const [before, beside] = [new Map<C, Rival<C, Name>>(), new Map<C, Rival<C, Name>>()]
    for (const showing of showings) {
      const matched = O.toUndefined(match(showing))
      const first = matched?.matching[0]
      const isEarlier = matched !== undefined && matched.place < place
      // By an earlier rule it is the candidate itself: what it shows there was asked at that rule.
      if (first === candidate && isEarlier) continue
      if (
        matched !== undefined &&
        first !== undefined &&
        (isEarlier || (matched.place === place && rankOf(first) < rank))
      )
        before.set(first, { candidate: first, rule: matched.rule })
      else {
        const other = matched?.place === place ? matched.matching.find((each) => each !== candidate) : undefined
        if (other === undefined) return undefined
        beside.set(other, { candidate: other, rule: rule.name })
      }
    }
    if (before.size > 0) shadowed.push({ rule: rule.name, rivals: [...before.values()] })
    if (beside.size > 0) tied.push({ rule: rule.name, rivals: [...beside.values()] })
  }
  if (!isEmpty(tied)) return { _tag: 'Tied', candidate, contests: tied }
  return isEmpty(shadowed) ? { _tag: 'Barred', candidate, bars } : { _tag: 'Shadowed', candidate, contests: shadowed }
}

/** A text for each showing: equal showings have equal texts. */
const spelling = <S, C>(numbers: Map<Criterion.Criterion<S, C>, number>): ((showing: Showing<S, C>) => string) => {
  const numberOf = (criterion: Criterion.Criterion<S, C>): number => {
    const known = numbers.get(criterion) ?? numbers.size
    numbers.set(criterion, known)
    return known
  }
  return (showing) =>
    JSON.stringify(Array.from(showing, ([criterion, keys]) => [numberOf(criterion), keys[0]]).sort(byNumber))
}

const byNumber = ([a]: ReadonlyArray<unknown>, [b]: ReadonlyArray<unknown>): number => Number(a) - Number(b)

const proveShelf = <S, C, Name extends string>(
  book: RuleBook<S, C, Name>,
  reader: Reader<Showing<S, C>, C, Name> | undefined,
  candidates: ReadonlyArray<C>,
  spell: (showing: Showing<S, C>) => string,
): Proved<C, Name> => {
  const ranks = new Map(candidates.map((candidate, rank) => [candidate, rank]))
  const known = new Map<string, O.Option<Match<C, Name>>>()
  let cost = 0
  const match = (showing: Showing<S, C>): O.Option<Match<C, Name>> => {
    const spelled = spell(showing)
    const before = known.get(spelled)
    cost += 1
    if (before !== undefined) return before
    const found = reader === undefined ? O.none : reader.match(showing, 0)
    known.set(spelled, found)
    if (O.isSome(found)) cost += found.value.matching.length
    return found
  }
  const court: Court<S, C, Name> = { book, rankOf: (candidate) => ranks.get(candidate) ?? candidates.length, match }
  const verdicts: Array<Verdict<C, Name>> = []
  const most = COST_IN_ALL + COST_EACH * candidates.length
  for (const [place, candidate] of candidates.entries()) {
    if (cost > most) return { verdicts, unasked: candidates.length - place }
    const verdict = verdictOf(court, candidate)
    if (verdict !== undefined) verdicts.push(verdict)
  }
  return { verdicts, unasked: 0 }
}

/**
 * What can be proved of the candidates of each shelf, which stand in rank order. Only those who are `sure` count as rivals:
 * the others may be passed over for reasons that are not in the book.
 */
export const prove =
  <S, C, Name extends string>(book: RuleBook<S, C, Name>, isSure: (candidate: C) => boolean = () => true) =>
  <Shelf>(shelves: ReadonlyMap<Shelf, ReadonlyArray<C>>): ReadonlyMap<Shelf, Proved<C, Name>> => {
    const sure = new Map(Array.from(shelves, ([shelf, candidates]) => [shelf, candidates.filter(isSure)]))
    const readers = Compiled.readers(readingOf(book))(sure)
    const spell = spelling<S, C>(new Map())
    return new Map(
      Array.from(shelves, ([shelf, candidates]) => [shelf, proveShelf(book, readers.get(shelf), candidates, spell)]),
    )
  }
