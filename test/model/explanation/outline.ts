// The checker of outlines: given an explanation, which the other checker found true, it holds the codes, the clauses and the marks
// of its outline against it, and looks for every name and value that a line has to show. The words are not contract.
import { Text, type Outline } from 'seatwise'
import { holds, type Complaints, type Explanation } from './claim.js'

type Trial = Explanation['trials'][number]
type Attempt = Trial['candidates'][number]

/** What a line has to have: a code, a mark and a clause, and what it has to show. */
type Expected = {
  readonly code: string
  readonly mark?: string
  readonly clause?: string
  readonly shows?: ReadonlyArray<string>
}

const line = (about: string, told: Outline.Line | undefined, expected: Expected | undefined): Complaints => {
  if (told === undefined || expected === undefined) return holds(about, told, expected)
  const { shows = [], ...so } = expected
  const { code, mark, clause, text } = told
  return [
    ...holds(about, { code, mark, clause }, so),
    ...shows.flatMap((each) => (text.includes(each) ? [] : holds(`${about}, words`, text, each))),
  ]
}

const lines = (
  about: string,
  told: ReadonlyArray<Outline.Line> | undefined,
  expected: ReadonlyArray<Expected>,
): Complaints =>
  Array.from({ length: Math.max(told?.length ?? 0, expected.length) }).flatMap((_, place) =>
    line(`${about} ${String(place)}`, told?.[place], expected[place]),
  )

// -------------------------------------------------------------------------------------
// rules
// -------------------------------------------------------------------------------------

const shown = ({ license, name }: { readonly license: string; readonly name: string }): ReadonlyArray<string> => [
  Text.preview(name),
  Text.preview(license),
]

const isOpen = ({ failed, full }: Attempt): boolean => failed === undefined && full === undefined

const candidate = (attempt: Attempt): Expected => {
  const code = 'candidate'
  const { failed, full } = attempt
  if (failed !== undefined) return { code, mark: 'failed', shows: [...shown(attempt), failed.criterion, failed.asked] }
  if (full === undefined) return { code, mark: 'passed', shows: shown(attempt) }
  const last = full.seats.at(-1)
  const taken = last === undefined ? [] : [Text.preview(last.computer), last.rule ?? 'before this run']
  return { code, mark: 'failed', clause: 'ALLOC-73', shows: [...shown(attempt), String(full.entitlements), ...taken] }
}

/** So many candidates are written out; the others are counted. */
const WRITTEN = 8

/** Where any matched, those that did not fail a condition are written out. */
const attempts = ({ candidates }: Trial): ReadonlyArray<Expected> => {
  const written = candidates.some(isOpen) ? candidates.filter(({ failed }) => failed === undefined) : candidates
  const counts = [written.length - WRITTEN, candidates.length - written.length].filter((count) => count > 0)
  return [
    ...written.slice(0, WRITTEN).map(candidate),
    ...counts.map((count): Expected => ({ code: 'others', shows: [String(count)] })),
  ]
}

/** The rules tried, one entry for those that come off alike; no rule is told twice, and none is left out. */
const rules = (told: ReadonlyArray<Outline.Entry>, { trials }: Explanation): Complaints => {
  const named = told.map(({ text }) => (/^rules? ([^:(]*)/.exec(text)?.[1] ?? '').trim().split(', '))
  const byName = new Map(trials.map((trial) => [trial.rule as string, trial]))
  return [
    ...holds('rules in the outline', named.flat(), [...byName.keys()]),
    ...told.flatMap((entry, place) =>
      named[place]!.flatMap((name) => {
        const trial = byName.get(name)
        if (trial === undefined) return []
        const shows = [trial.candidates.some(isOpen) ? ': matched' : ': no match']
        return [
          ...line(`rule ${name}`, entry, { code: 'rules', shows }),
          ...lines(`candidates at rule ${name}`, entry.lines, attempts(trial)),
        ]
      }),
    ),
  ]
}

// -------------------------------------------------------------------------------------
// the outline
// -------------------------------------------------------------------------------------

const CLAUSES = { allocated: 'ALLOC-15', kept: 'ALLOC-56', unreconciled: 'ALLOC-51', untracked: 'ALLOC-3' } as const

const SKIPPED = { hardware: 'ALLOC-9', 'retired-computer': 'ALLOC-8' } as const

/** The sections that an explanation calls for, in their order; that of the rules has entries of its own kind. */
const sectionsOf = (
  explanation: Explanation,
): ReadonlyArray<Expected & { readonly entries: ReadonlyArray<Expected> | 'rules' }> => {
  const { software, covering, excluded, trials, untried, deciding, violations, decision } = explanation
  const sections = [
    {
      code: 'covering',
      entries: covering.map(({ standing, license, origin, installation }) => ({
        code: standing,
        shows: [Text.preview(license), origin, `for ${installation === undefined ? 'every' : 'this'} installation`],
      })),
    },
    {
      code: 'excluded',
      entries: excluded.map((each) => ({ code: each.reason, clause: each.clause, shows: shown(each) })),
    },
    { code: 'trials', entries: trials.length === 0 ? [] : ('rules' as const) },
    {
      code: 'tied',
      entries: (deciding?.tied ?? []).map((each) => ({
        ...{ code: 'tied', clause: 'ALLOC-17' },
        shows: [...shown(each), each.after],
      })),
    },
    {
      code: 'violations',
      entries: violations.map(({ restriction, asked, told }) => ({
        ...{ code: restriction, clause: 'ALLOC-82' },
        shows: [asked, told],
      })),
    },
    { code: 'warnings', entries: (decision.warnings ?? []).map((code) => ({ code, clause: 'ALLOC-83' })) },
  ].filter(({ entries }) => entries.length > 0)
  const place = sections.findIndex(({ code }) => ['tied', 'violations', 'warnings'].includes(code))
  const split = place < 0 ? sections.length : place
  return [
    ...(software === undefined
      ? []
      : [{ code: 'tracked-software', shows: [Text.preview(software.name)], entries: [] }]),
    ...sections.slice(0, split),
    ...(untried.length === 0 ? [] : [{ code: 'untried', clause: 'ALLOC-14', shows: untried, entries: [] }]),
    ...sections.slice(split),
  ]
}

/** What the outline of an explanation says that the explanation does not, and the other way round. */
export const checkOutline = (explanation: Explanation, { sections = [], ...first }: Outline.Outline): Complaints => {
  const { decision, computer } = explanation
  const clause = decision.outcome === 'skipped' ? SKIPPED[decision.reason ?? 'hardware'] : CLAUSES[decision.outcome]
  const expected = sectionsOf(explanation)
  const shows = [decision.product, computer, decision.installation].map(Text.preview)
  return [
    ...line('outline', first, { code: decision.outcome, clause, shows }),
    ...holds(
      'sections',
      sections.map(({ code }) => code),
      expected.map(({ code }) => code),
    ),
    ...expected.flatMap(({ entries, ...heading }, place) => {
      const section = sections[place]
      if (section === undefined) return []
      return [
        ...line(`section ${heading.code}`, section, heading),
        ...(entries === 'rules'
          ? rules(section.entries ?? [], explanation)
          : lines(`section ${heading.code}`, section.entries, entries)),
      ]
    }),
  ]
}
