/**
 * Every way to change one thing in records: a text, a number or a flag becomes another, a word another of its kind, a list
 * loses an entry, a record an optional field.
 */

/** Words that stand for each other: where one may stand, so may the next. */
const WORDS: ReadonlyArray<ReadonlyArray<string>> = [
  ['automatic', 'manual'],
  ['computer', 'hardware'],
  ['installation', 'named-computer', 'site', 'user', 'none'],
  ['as-documented', 'strict'],
  ['ignore-restrictions', 'honor-restrictions'],
  ['case-insensitive', 'exact'],
  ['unlimited', 'enforced'],
  ['keep', 'reevaluate-automatic', 'reevaluate-all'],
  ['eligible', 'excluded'],
  ['first-by-name', 'none'],
  ['allocated', 'kept', 'unreconciled', 'untracked', 'skipped'],
  ['device', 'organization', 'location'],
  ['several-mains', 'ambiguous-organization', 'ambiguous-location'],
  ['hardware', 'retired-computer'],
  ['1.1', '1.2', '2.1', '2.8', '3.1', '3.3', '4'],
  ['workspace-edition', 'enterprise-management-pack', 'add-on', 'udc3', 'ud-pocket', 'uma', 'isl', 'icg'],
  ['pack', 'starter'],
  ['ready', 'not-yet-activated', 'merged', 'archived'],
  ['valid', 'invalid'],
  ['renew', 'assign', 'exchange'],
  ['not-due', 'no-pack', 'already-licensed', 'no-free-license'],
]

/** Fields whose texts are of the kind, so that no id is taken for a word. */
const WORD_FIELDS: ReadonlySet<string> = new Set([
  ...['origin', 'kind', 'metric', 'outcome', 'rule', 'reason', 'violations', 'warnings', 'licenseType', 'source'],
  ...['status', 'aldToken', 'action', 'restrictions', 'keyMatches', 'mainLicense', 'text', 'capacity', 'existing'],
  ...['expired', 'severalMains'],
])

const otherText = (text: string, field: string): string => {
  const kind = WORDS.find((words) => words.includes(text))
  if (kind === undefined || !WORD_FIELDS.has(field)) return /^\d+(\.\d+)+$/.test(text) ? `${text}.1` : `${text} x`
  return kind[(kind.indexOf(text) + 1) % kind.length]!
}

export type Flip = { readonly path: ReadonlyArray<string | number>; readonly flipped: unknown }

/** Empty lists and records of optional fields say nothing, whether they are there or not. */
const says = (held: unknown): boolean =>
  typeof held !== 'object' || held === null || (Object.values(held).some(says) && Object.keys(held).length > 0)

/** Every flip of a value, with the path of what was changed. */
export const flips = (value: unknown, field = ''): ReadonlyArray<Flip> => {
  if (typeof value === 'string') return [{ path: [], flipped: otherText(value, field) }]
  if (typeof value === 'number') return [{ path: [], flipped: value + 1 }]
  if (typeof value === 'boolean') return [{ path: [], flipped: !value }]
  if (Array.isArray(value)) {
    const list: ReadonlyArray<unknown> = value
    return list.flatMap((entry, at) => [
      { path: [at], flipped: list.filter((_, position) => position !== at) },
      ...flips(entry, field).map(({ path, flipped }) => ({
        path: [at, ...path],
        flipped: list.map((each, position) => (position === at ? flipped : each)),
      })),
    ])
  }
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, held]) => [
    ...(says(held) || name === 'installations'
      ? [{ path: [name], flipped: Object.fromEntries(Object.entries(value).filter(([key]) => key !== name)) }]
      : []),
    ...flips(held, name).map(({ path, flipped }) => ({
      path: [name, ...path],
      flipped: { ...value, [name]: flipped },
    })),
  ])
}
