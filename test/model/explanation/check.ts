// The checker of explanations (G1, G2): given the records and the explanations of the decisions made on them, and nothing
// else, it derives every decision from what its explanation says, and holds each statement of it against the records.
//
// It trusts nothing that it is told. What it derives a decision from are the trials, once each of them was found true; what
// was full when, it derives from the other decisions, each of which is checked in its turn.
import type { WireLicense } from '../allocation.js'
import { conditionsOf, criterion, failureOf, isViolated, RESTRICTIONS, type Failure } from './conditions.js'
import { holds, type Case, type Complaints, type Explanation } from './claim.js'
import { course } from './course.js'
import { coveringOf } from './past.js'
import { exclusionOf, holderOf, licensesFor, licensesOf, type Records, type Subject } from './records.js'
import { fullFor, takenBy, type Taken } from './turns.js'

// -------------------------------------------------------------------------------------
// one explanation
// -------------------------------------------------------------------------------------

/** ALLOC-81, lines 1 to 4: the first that applies ends it; line 3 is asked where allocations cover the installation. */
const gates = ({ records, explanation, subject }: Case): Complaints => {
  const { kind, retired } = subject.snapshot.computer
  const covering = coveringOf(records, subject)
  const isTracked = ![undefined, true].includes(retiredOf(records, subject))
  const all = [
    { gate: 'hardware', clause: 'ALLOC-9', passed: kind !== 'hardware' },
    { gate: 'retired computer', clause: 'ALLOC-8', passed: retired !== true },
    ...(covering.length === 0
      ? []
      : [
          {
            gate: 'standing allocation',
            clause: 'ALLOC-76',
            passed: !covering.some(({ standing }) => standing === 'kept'),
          },
        ]),
    { gate: 'tracked', clause: 'ALLOC-3', passed: isTracked },
  ]
  const last = all.findIndex(({ passed }) => !passed)
  return [
    ...holds('gates', explanation.steps, last < 0 ? all : all.slice(0, last + 1)),
    ...holds('allocations from before', explanation.covering, covering),
  ]
}

/** Is the tracked software of the product retired? Nothing, where there is none. */
const retiredOf = (records: Records, { installation }: Subject): boolean | undefined => {
  const software = holderOf(records, installation.product)
  return software === undefined ? undefined : software.retired === true
}

/** Who could not be chosen, each once, and why. */
const excluded = ({ records, explanation, subject, others }: Case): Complaints => {
  const software = holderOf(records, subject.installation.product)
  return [
    ...holds(
      'tracked software',
      explanation.software,
      software === undefined ? undefined : { id: software.id, name: software.name, retired: software.retired === true },
    ),
    ...holds(
      'no candidates',
      explanation.excluded,
      others.map(([{ id, name }, why]) => ({ license: id, name, ...why })),
    ),
  ]
}

type Trial = Explanation['trials'][number]

/** A candidate at a rule: the conditions before the one told hold, that one fails as told, and it was full as told. */
const attempt =
  ({ records, subject, taken }: Case, { rule, conditions }: Trial) =>
  (license: WireLicense, told: Trial['candidates'][number] | undefined): Complaints => {
    let failed: Failure | undefined
    for (const condition of conditions) failed ??= failureOf(records, condition, license, subject)
    const turn = { computer: subject.snapshot.computer.id, installation: subject.installation.id, rule }
    const full = failed === undefined ? fullFor(records, taken, license, turn) : undefined
    return holds(`${license.id} at rule ${rule}`, told, { license: license.id, name: license.name, failed, full })
  }

/** Every rule that was tried: what it asks, and every candidate once, in name order. */
const trials = (each: Case): Complaints => {
  const { records, explanation, candidates } = each
  return explanation.trials.flatMap((trial) => [
    ...holds(
      `conditions of rule ${trial.rule}`,
      [...trial.conditions].sort(),
      [...conditionsOf(records, trial.rule)].sort(),
    ),
    ...holds(
      `candidates at rule ${trial.rule}`,
      trial.candidates.map(({ license }) => license),
      candidates.map(({ id }) => id),
    ),
    ...candidates.flatMap((license) =>
      attempt(each, trial)(
        license,
        trial.candidates.find((told) => told.license === license.id),
      ),
    ),
  ])
}

/** ALLOC-82: the violated restrictions of the license that is allocated or kept, with the two sides. */
const violations = ({ records, explanation, subject }: Case): Complaints => {
  const { decision } = explanation
  const license = decision.license === undefined ? undefined : licensesOf(records).get(decision.license)
  return holds(
    'violations',
    explanation.violations,
    license === undefined
      ? []
      : RESTRICTIONS.filter((each) => isViolated(records, each, license, subject)).map((restriction) => {
          const { asked, told } = criterion(records, restriction)!
          return { restriction, asked: asked(license), told: told(subject) }
        }),
  )
}

const FIELDS: ReadonlyArray<keyof Explanation> = [
  ...(['decision', 'computer', 'steps', 'covering', 'software', 'excluded', 'trials', 'untried'] as const),
  ...(['deciding', 'violations'] as const),
]

const checkOne = (
  records: Records,
  explanation: Explanation,
  subject: Subject,
  taken: ReadonlyArray<Taken>,
): Complaints => {
  const software = holderOf(records, subject.installation.product)
  const licenses = software === undefined ? [] : licensesFor(records, software.id)
  const withReasons = licenses.map((license) => [license, exclusionOf(records, software!, license)] as const)
  const each: Case = {
    ...{ records, explanation, subject, taken },
    candidates: withReasons.flatMap(([license, why]) => (why === undefined ? [license] : [])),
    others: withReasons.flatMap(([license, why]) => (why === undefined ? [] : [[license, why] as const])),
  }
  return [
    ...holds('name of the computer', explanation.computer, subject.snapshot.computer.name),
    // A statement that this checker does not know would go unchecked.
    ...Object.keys(explanation)
      .filter((field) => !(FIELDS as ReadonlyArray<string>).includes(field))
      .flatMap((field) => holds('a field', field, undefined)),
    ...[gates, excluded, trials, course, violations].flatMap((part) => part(each)),
  ]
}

// -------------------------------------------------------------------------------------
// all explanations
// -------------------------------------------------------------------------------------

const keyOf = (computer: string, installation: string): string => JSON.stringify([computer, installation])

/** What the explanations of a run say that is not so, and what they should have said. */
export const check = (records: Records, explanations: ReadonlyArray<Explanation>): Complaints => {
  const subjects = new Map(
    records.snapshots.flatMap((snapshot) =>
      (snapshot.installations ?? []).map((installation) => [
        keyOf(snapshot.computer.id, installation.id),
        { snapshot, installation },
      ]),
    ),
  )
  const told = explanations.map(({ decision }) => keyOf(decision.computer, decision.installation))
  const taken = takenBy(explanations)
  return [
    // ALLOC-1
    ...holds('installations', [...told].sort(), [...subjects.keys()].sort()),
    ...explanations.flatMap((explanation, place) => {
      const subject = subjects.get(told[place]!)
      if (subject === undefined) return []
      return checkOne(records, explanation, subject, taken).map((complaint) => ({
        ...complaint,
        about: `${told[place]!}: ${complaint.about}`,
      }))
    }),
  ]
}
