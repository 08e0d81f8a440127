/**
 * Lies about decisions: explanations in which something is not so, by liars who take care that the rest fits. What checks
 * explanations has to catch every one of them.
 */
import type { Allocation } from 'seatwise'
import type { Records } from '../model/explanation/records.js'

/** Explanations as JSON has them: their ids are texts. */
type Told<A> = A extends string | number | boolean | undefined
  ? A extends string
    ? string
    : A
  : A extends ReadonlyArray<infer Entry>
    ? ReadonlyArray<Told<Entry>>
    : { readonly [Field in keyof A]: Told<A[Field]> }

type Explained = Told<Allocation.Explanation>

type Trial = Explained['trials'][number]
type Attempt = Trial['candidates'][number]

/** What a liar makes of an explanation; nothing, where it gives no opportunity. */
export type Liar = (told: Explained, records: Records) => Explained | undefined

// -------------------------------------------------------------------------------------
// what liars do
// -------------------------------------------------------------------------------------

const without = <A extends object, Field extends keyof A>(record: A, ...fields: ReadonlyArray<Field>): Omit<A, Field> =>
  Object.fromEntries(
    Object.entries(record).filter(([field]) => !(fields as ReadonlyArray<string>).includes(field)),
  ) as Omit<A, Field>

/** A list in which an entry is others. */
export const replaced = <A>(list: ReadonlyArray<A>, place: number, ...entries: ReadonlyArray<A>): ReadonlyArray<A> => [
  ...list.slice(0, place),
  ...entries,
  ...list.slice(place + 1),
]

const isOpen = ({ failed, full }: Attempt): boolean => failed === undefined && full === undefined

/** Changes the first attempt that gives an opportunity, the last rule first. */
const onAttempt =
  (change: (attempt: Attempt, trial: Trial, place: number) => Attempt | undefined) =>
  (told: Explained): Explained | undefined => {
    for (const [place, trial] of [...told.trials.entries()].reverse())
      for (const [position, attempt] of trial.candidates.entries()) {
        const changed = change(attempt, trial, place)
        if (changed === undefined) continue
        const candidates = replaced(trial.candidates, position, changed)
        return { ...told, trials: replaced(told.trials, place, { ...trial, candidates }) }
      }
    return undefined
  }

/** Tells the decision that the trials lead to, by a liar who knows how: of those that are open the first is the winner. */
const decidedBy = (told: Explained, trials: ReadonlyArray<Trial>): Explained | undefined => {
  const decisive = trials.findIndex(({ candidates }) => candidates.some(isOpen))
  const names = [...told.trials.map(({ rule }) => rule), ...told.untried]
  const decision = without(told.decision, 'license', 'rule', 'tied', 'violations')
  const trial = trials[decisive]
  if (trial === undefined)
    return {
      ...without(told, 'deciding'),
      ...{ trials, violations: [], untried: [], decision: { ...decision, outcome: 'unreconciled' } },
    }
  const [winner, ...tied] = trial.candidates.filter(isOpen).map(({ license, name }) => ({ license, name }))
  if (winner === undefined) return undefined
  return {
    ...told,
    trials: trials.slice(0, decisive + 1),
    untried: names.slice(names.indexOf(trial.rule) + 1),
    deciding: { rule: trial.rule, winner, tied: tied.map((each) => ({ ...each, after: 'name' })) },
    decision: {
      ...{ ...decision, outcome: 'allocated', license: winner.license, rule: trial.rule },
      ...(tied.length === 0 ? {} : { tied: tied.map(({ license }) => license) }),
      ...(told.decision.violations === undefined ? {} : { violations: told.decision.violations }),
    },
  }
}

/** Changes an attempt, and tells the decision that fits. */
const redecided =
  (change: (attempt: Attempt, trial: Trial, place: number) => Attempt | undefined) =>
  (told: Explained): Explained | undefined => {
    const changed = onAttempt(change)(told)
    return changed === undefined ? undefined : decidedBy(told, changed.trials)
  }

/** Leaves a license out of every trial. */
const withoutCandidate = (told: Explained): { readonly quiet: Attempt; readonly rest: Explained } | undefined => {
  const quiet = told.trials[0]?.candidates.at(-1)
  if (quiet === undefined) return undefined
  const trials = told.trials.map((trial) => ({
    ...trial,
    candidates: trial.candidates.filter(({ license }) => license !== quiet.license),
  }))
  const rest = decidedBy(told, trials)
  return rest === undefined ? undefined : { quiet, rest }
}

const reasons = { 'per-user': 'ALLOC-4', retired: 'ALLOC-7' } as const

// -------------------------------------------------------------------------------------
// lies
// -------------------------------------------------------------------------------------

const aboutCandidates: Readonly<Record<string, Liar>> = {
  'another winner': (told) => {
    const [first, ...others] = told.deciding?.tied ?? []
    if (told.deciding === undefined || first === undefined) return undefined
    const { winner } = told.deciding
    const tied = [{ ...winner, after: first.after }, ...others]
    return {
      ...told,
      deciding: { ...told.deciding, winner: without(first, 'after'), tied },
      decision: { ...told.decision, license: first.license, tied: tied.map(({ license }) => license) },
    }
  },
  'a candidate kept quiet': (told) => withoutCandidate(told)?.rest,
  'a candidate told to be retired': (told) => {
    const { quiet, rest } = withoutCandidate(told) ?? {}
    if (quiet === undefined || rest === undefined) return undefined
    const { license, name } = quiet
    return { ...rest, excluded: [...rest.excluded, { license, name, reason: 'retired', clause: 'ALLOC-7' }] }
  },
  'an excluded license kept quiet': (told) =>
    told.excluded.length === 0 ? undefined : { ...told, excluded: told.excluded.slice(1) },
  'another reason of exclusion': (told) => {
    const [first, ...others] = told.excluded
    if (first === undefined) return undefined
    const reason = first.reason === 'per-user' ? 'retired' : 'per-user'
    return { ...told, excluded: [{ ...first, reason, clause: reasons[reason] }, ...others] }
  },
  'another clause of exclusion': (told) => {
    const [first, ...others] = told.excluded
    const clause = first?.clause === 'ALLOC-4' ? 'ALLOC-7' : 'ALLOC-4'
    return first === undefined ? undefined : { ...told, excluded: [{ ...first, clause }, ...others] }
  },
  'another name': onAttempt((attempt): Attempt => ({ ...attempt, name: `${attempt.name} Pro` })),
  'tied by another key': (told) => {
    const [first, ...others] = told.deciding?.tied ?? []
    if (told.deciding === undefined || first === undefined) return undefined
    const after = first.after === 'name' ? 'id' : 'name'
    return { ...told, deciding: { ...told.deciding, tied: [{ ...first, after }, ...others] } }
  },
}

const aboutConditions: Readonly<Record<string, Liar>> = {
  'another value asked for': onAttempt((attempt) =>
    attempt.failed === undefined || attempt.failed.asked === ''
      ? undefined
      : { ...attempt, failed: { ...attempt.failed, asked: '`Elsewhere`' } },
  ),
  'another value found': onAttempt((attempt) =>
    attempt.failed === undefined || attempt.failed.told === ''
      ? undefined
      : { ...attempt, failed: { ...attempt.failed, told: '`Elsewhere`' } },
  ),
  'a key unmasked': (told, { snapshots }) => {
    const { computer, installation } = told.decision
    const key = snapshots
      .find((each) => each.computer.id === computer)
      ?.installations?.find(({ id }) => id === installation)?.serialNumber
    if (key === undefined) return undefined
    return onAttempt((attempt) =>
      attempt.failed?.criterion === 'serial number' && attempt.failed.told !== 'none'
        ? { ...attempt, failed: { ...attempt.failed, told: key } }
        : undefined,
    )(told)
  },
  'another kind of failure': onAttempt((attempt) =>
    attempt.failed?.kind === 'not-met'
      ? { ...attempt, failed: { ...attempt.failed, kind: 'violated' } }
      : attempt.failed?.kind === 'not-asked'
        ? { ...attempt, failed: { ...attempt.failed, kind: 'not-met' } }
        : undefined,
  ),
  'a later condition told as the first that failed': (told) => {
    const all = told.trials.flatMap(({ candidates }) => candidates)
    return onAttempt((attempt, { conditions }) => {
      const later = conditions.slice(conditions.indexOf(attempt.failed?.criterion ?? '') + 1)
      if (attempt.failed === undefined || attempt.failed.criterion !== conditions[0]) return undefined
      const other = all.find(
        ({ license, failed }) => license === attempt.license && later.includes(failed?.criterion ?? ''),
      )
      return other === undefined ? undefined : { ...attempt, ...other }
    })(told)
  },
  'a match told as a failure': (told) => {
    const failures = told.trials.flatMap(({ candidates }) => candidates).filter(({ failed }) => failed !== undefined)
    return redecided((attempt) =>
      isOpen(attempt) ? failures.find(({ license }) => license === attempt.license) : undefined,
    )(told)
  },
  'a failure told as a match': redecided((attempt) =>
    attempt.failed === undefined ? undefined : without(attempt, 'failed'),
  ),
  'a condition kept quiet': (told) => {
    const place = told.trials.findIndex(({ conditions }) => conditions.length > 1)
    const trial = told.trials[place]
    if (trial === undefined) return undefined
    return { ...told, trials: replaced(told.trials, place, { ...trial, conditions: trial.conditions.slice(0, -1) }) }
  },
}

const aboutCourse: Readonly<Record<string, Liar>> = {
  'a rule left out': (told) => (told.trials.length < 2 ? undefined : { ...told, trials: told.trials.slice(1) }),
  'rules in another order': (told) => {
    const [first, second, ...others] = told.trials
    return first === undefined || second === undefined || others.length === 0
      ? undefined
      : { ...told, trials: [second, first, ...others] }
  },
  'a rule tried told as not tried': (told) => {
    const last = told.trials.at(-1)
    if (last === undefined) return undefined
    return { ...told, trials: told.trials.slice(0, -1), untried: [last.rule, ...told.untried] }
  },
  unreconciled: (told) =>
    told.decision.outcome === 'allocated' ? decidedBy(told, told.trials.slice(0, -1)) : undefined,
  untracked: (told) => {
    if (told.trials.length === 0) return undefined
    const { computer, installation, product } = told.decision
    return {
      ...without(told, 'deciding'),
      ...{ trials: [], untried: [], violations: [] },
      steps: told.steps.map((step) => (step.gate === 'tracked' ? { ...step, passed: false } : step)),
      decision: { computer, installation, product, outcome: 'untracked' },
    }
  },
  'skipped for another reason': (told) => {
    if (told.decision.reason === undefined) return undefined
    const reason = told.decision.reason === 'hardware' ? 'retired-computer' : 'hardware'
    return { ...told, decision: { ...told.decision, reason } }
  },
  'another clause of a gate': (told) => {
    const [first, ...others] = told.steps
    return first === undefined ? undefined : { ...told, steps: [{ ...first, clause: 'ALLOC-8' }, ...others] }
  },
  'another computer': (told) => ({ ...told, computer: `${told.computer}-2` }),
  'another tracked software': (told) =>
    told.software === undefined
      ? undefined
      : { ...told, software: { ...told.software, retired: !told.software.retired } },
  'a violation kept quiet': (told) => {
    const { violations = [] } = told.decision
    if (violations.length === 0) return undefined
    return {
      ...told,
      violations: told.violations.slice(1),
      decision: { ...told.decision, violations: violations.slice(1) },
    }
  },
  'a violation made up': (told) => {
    const { outcome, violations = [] } = told.decision
    if (told.decision.license === undefined || violations.length > 0 || !['allocated', 'kept'].includes(outcome))
      return undefined
    return {
      ...told,
      violations: [{ restriction: 'location', asked: '`Kiel`', told: '`Bonn`' }],
      decision: { ...told.decision, violations: ['location'] },
    }
  },
  'a violation of another value': (told) => {
    const [first, ...others] = told.violations
    return first === undefined ? undefined : { ...told, violations: [{ ...first, told: '`Bonn`' }, ...others] }
  },
  'a warning kept quiet': (told) =>
    told.decision.warnings === undefined ? undefined : { ...told, decision: without(told.decision, 'warnings') },
}

const aboutPast: Readonly<Record<string, Liar>> = {
  'another allocation kept': (told) => {
    const [first, second, ...others] = told.covering
    if (first?.standing !== 'kept' || second === undefined || told.decision.outcome !== 'kept') return undefined
    if (second.license === first.license) return undefined
    return {
      ...told,
      covering: [{ ...second, standing: 'kept' }, { ...first, standing: second.standing }, ...others],
      decision: { ...told.decision, license: second.license },
    }
  },
  'a standing allocation set aside': (told) => {
    const place = told.covering.findIndex(({ standing }) => standing === 'yields')
    const found = told.covering[place]
    return found === undefined
      ? undefined
      : { ...told, covering: replaced(told.covering, place, { ...found, standing: 'set-aside' }) }
  },
  'an allocation kept quiet': (told) =>
    told.covering.length < 2 ? undefined : { ...told, covering: told.covering.slice(0, -1) },
  'an allocation of a skipped computer kept': (told) => {
    const [first, ...others] = told.covering
    return told.decision.outcome !== 'skipped' || first === undefined
      ? undefined
      : { ...told, covering: [{ ...first, standing: 'kept' }, ...others] }
  },
  'a full license told as free': redecided((attempt) =>
    attempt.full === undefined ? undefined : without(attempt, 'full'),
  ),
  'a free license told as full': redecided((attempt) =>
    isOpen(attempt)
      ? { ...attempt, full: { entitlements: 1, seats: [{ license: attempt.license, computer: 'somebody' }] } }
      : undefined,
  ),
  'an entitlement kept quiet': onAttempt((attempt) =>
    attempt.full === undefined || attempt.full.seats.length === 0
      ? undefined
      : { ...attempt, full: { ...attempt.full, seats: attempt.full.seats.slice(1) } },
  ),
  'an entitlement taken by another rule': onAttempt((attempt) => {
    const [first, ...others] = attempt.full?.seats ?? []
    if (attempt.full === undefined || first === undefined) return undefined
    const rule = first.rule === undefined ? '1.1' : first.rule === '1.2' ? '1.3' : '1.2'
    return { ...attempt, full: { ...attempt.full, seats: [{ ...first, rule }, ...others] } }
  }),
  'other entitlements': onAttempt((attempt) =>
    attempt.full === undefined
      ? undefined
      : { ...attempt, full: { ...attempt.full, entitlements: attempt.full.entitlements + 1 } },
  ),
}

/** Every lie by its name. */
export const lies: Readonly<Record<string, Liar>> = {
  ...{ ...aboutCandidates, ...aboutConditions },
  ...{ ...aboutCourse, ...aboutPast },
}
