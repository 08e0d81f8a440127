/**
 * What becomes of a candidate, by what it asks for and which of that the subject shows. Candidates that ask for the same
 * criteria, and of which the same facts hold, are of one kind; for a kind there is a row of verdicts, one for each subset
 * of its criteria that a subject can show. So a book is walked once for each kind, and never for a candidate.
 *
 * Law: the verdict of a kind and a subset says which rules of the book match a candidate of that kind for a subject that
 * shows that subset, and which of the restricting criteria it violates.
 */
import { lastUpTo } from '../../value/Lists.js'
import type { Condition, When } from '../Condition.js'
import type { Criterion } from '../Criterion.js'
import type { Reading } from '../Reader.js'
import type { Rule } from '../Rule.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** No rule of the book: behind them all. */
export const NO_RULE = 0x7fff

/** Not looked at yet. */
export const UNSEEN = -1

/** Candidates that ask for the same criteria and of which the same facts hold. */
export interface Kind {
  /** Where its row of verdicts begins: one for each subset of what it asks for, bit by bit in the order of criteria. */
  readonly base: number
  /** The places of the criteria that it asks for, ascending. */
  readonly asked: ReadonlyArray<number>
  /** The first rule that matches where the subject shows nothing of it. */
  readonly unshown: number
  /** The places of the rules that a candidate of the kind can match at all, ascending. */
  readonly rules: ReadonlyArray<number>
}

/** What becomes of a candidate: the places of the rules that match it, ascending, and what it violates. */
export interface Verdict {
  readonly rules: ReadonlyArray<number>
  readonly violates: ReadonlyArray<string>
}

/** Rows of verdicts, all behind one another. */
export interface Verdicts {
  /** The place of the first rule that matches, or {@link NO_RULE}; {@link UNSEEN} until the verdict is first asked for. */
  readonly first: Int16Array
  readonly at: (verdict: number) => Verdict
}

/** A book whose kinds are being met: first all of them, then the verdicts are closed. */
export interface Kinds<S, C> {
  readonly criteria: ReadonlyArray<Criterion<S, C>>
  readonly facts: ReadonlyArray<When<C>>
  /** The places of the criteria behind one: several where it is an alternative. */
  readonly placesOf: (criterion: Criterion<S, C>) => ReadonlyArray<number>
  /** The kind of candidates that ask for the criteria at the places, ascending, and of which facts hold, bit by bit. */
  readonly kindOf: (asked: ReadonlyArray<number>, facts: number) => Kind
  readonly close: () => Verdicts
}

// -------------------------------------------------------------------------------------
// what a book asks
// -------------------------------------------------------------------------------------

/** The criteria whose keys are looked at: an alternative is known by its two sides. */
const keyed = <S, C>(criterion: Criterion<S, C>): ReadonlyArray<Criterion<S, C>> =>
  criterion.either === undefined ? [criterion] : criterion.either.flatMap(keyed)

const criteriaOf = <S, C>(condition: Condition<S, C>): ReadonlyArray<Criterion<S, C>> => {
  switch (condition._tag) {
    case 'Criterion':
      return keyed(condition)
    case 'Absent':
    case 'Permits':
      return keyed(condition.criterion)
    case 'When':
      return []
  }
}

/** A candidate of a kind and what a subject shows of it, by the places of criteria and facts. */
interface Case {
  readonly asks: (place: number) => boolean
  readonly shows: (place: number) => boolean
  readonly holds: (fact: number) => boolean
}

type Test = (each: Case) => boolean

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** Reads a book: how its conditions and restricting criteria are told of a case. */
const testsOf = <S, C, Name extends string>({ book, restricting }: Reading<S, C, Name>) => {
  const conditions = book.flatMap((rule) => rule.conditions)
  const criteria = [...new Set([...conditions.flatMap(criteriaOf), ...restricting.flatMap(keyed)])]
  const facts = [...new Set(conditions.flatMap((condition) => (condition._tag === 'When' ? [condition] : [])))]
  const placesOf = (criterion: Criterion<S, C>) => keyed(criterion).map((each) => criteria.indexOf(each))
  const asks = (criterion: Criterion<S, C>): Test => {
    const places = placesOf(criterion)
    return (each) => places.some(each.asks)
  }
  const meets = (criterion: Criterion<S, C>): Test => {
    const places = placesOf(criterion)
    return (each) => places.some((place) => each.asks(place) && each.shows(place))
  }
  const violates = (criterion: Criterion<S, C>): Test => {
    const [isAsked, isMet] = [asks(criterion), meets(criterion)]
    return (each) => isAsked(each) && !isMet(each)
  }
  const not =
    (test: Test): Test =>
    (each) =>
      !test(each)
  const testOf = (condition: Condition<S, C>): Test => {
    switch (condition._tag) {
      case 'Criterion':
        return meets(condition)
      case 'Absent':
        return not(asks(condition.criterion))
      case 'Permits':
        return not(violates(condition.criterion))
      case 'When': {
        const fact = facts.indexOf(condition)
        return (each) => each.holds(fact)
      }
    }
  }
  const testOfRule = ({ conditions: all }: Rule<S, C, Name>): Test => {
    const tests = all.map(testOf)
    return (each) => tests.every((test) => test(each))
  }
  return {
    criteria,
    facts,
    placesOf,
    rules: book.map(testOfRule),
    restrictions: restricting.map((criterion) => ({ name: criterion.name, violates: violates(criterion) })),
  }
}

const bit = (bits: number, place: number): boolean => (bits & (1 << place)) !== 0

/** Kinds by what their candidates ask for, one criterion after another, and by the facts at the end. */
interface Branch {
  readonly kinds: Map<number, Met>
  readonly further: Map<number, Branch>
}

/** A kind of which a candidate was met, and the facts that hold of it. */
type Met = Kind & { readonly held: number }

const newBranch = (): Branch => ({ kinds: new Map(), further: new Map() })

/** Where the kinds are that ask for the criteria at the places. */
const branchOf = (root: Branch, asked: ReadonlyArray<number>): Branch => {
  let branch = root
  for (const place of asked) {
    const known = branch.further.get(place)
    const next = known ?? newBranch()
    if (known === undefined) branch.further.set(place, next)
    branch = next
  }
  return branch
}

/** Opens a book for the kinds of its candidates. */
export const kindsOf = <S, C, Name extends string>(reading: Reading<S, C, Name>): Kinds<S, C> => {
  const { criteria, facts, placesOf, rules, restrictions } = testsOf(reading)
  const root = newBranch()
  /** In the order of their bases. */
  const rows: Array<Met> = []
  let size = 0

  const caseOf = (asked: ReadonlyArray<number>, held: number, shown: number): Case => ({
    asks: (place) => asked.includes(place),
    shows: (place) => bit(shown, asked.indexOf(place)),
    holds: (fact) => bit(held, fact),
  })
  const matching = (each: Case): ReadonlyArray<number> =>
    rules.flatMap((matches, place) => (matches(each) ? [place] : []))

  const make = (asked: ReadonlyArray<number>, held: number): Met => {
    const all = 2 ** asked.length - 1
    const kind = {
      base: size,
      asked,
      held,
      unshown: matching(caseOf(asked, held, 0))[0] ?? NO_RULE,
      // What matches where little is shown, matches where more is: each condition is kept by showing more.
      rules: matching(caseOf(asked, held, all)),
    }
    rows.push(kind)
    size += all + 1
    return kind
  }

  const close = (): Verdicts => {
    const first = new Int16Array(size).fill(UNSEEN)
    const bases = rows.map(({ base }) => base)
    const seen = new Map<number, Verdict>()
    const shared = new Map<string, ReadonlyArray<string>>()
    const look = (verdict: number): Verdict => {
      const { asked, held, base } = rows[lastUpTo(bases, bases.length, verdict)] ?? {
        asked: [],
        held: 0,
        base: verdict,
      }
      const each = caseOf(asked, held, verdict - base)
      const names = restrictions.flatMap(({ name, violates }) => (violates(each) ? [name] : []))
      const violates = shared.get(JSON.stringify(names)) ?? Object.freeze(names)
      shared.set(JSON.stringify(names), violates)
      return { rules: matching(each), violates }
    }
    return {
      first,
      at: (verdict) => {
        const known = seen.get(verdict) ?? look(verdict)
        seen.set(verdict, known)
        first[verdict] = known.rules[0] ?? NO_RULE
        return known
      },
    }
  }

  return {
    criteria,
    facts,
    placesOf,
    kindOf: (asked, held) => {
      const { kinds } = branchOf(root, asked)
      const known = kinds.get(held)
      if (known !== undefined) return known
      const made = make(asked, held)
      kinds.set(held, made)
      return made
    },
    close,
  }
}
