/**
 * Criteria with numbered keys: small numbers instead of texts, so that joining is cheap. It is the only place where the
 * compiled reader touches a key.
 *
 * Law: two sides meet by numbers exactly when they meet by keys.
 */
import { O } from '../prelude.js'
import type { Criterion, Key } from './Criterion.js'

/** The codes of one side; a long list, such as a thousand devices, is asked as a set. */
export interface Codes {
  readonly list: ReadonlyArray<number>
  readonly set: ReadonlySet<number> | undefined
}

const LONG = 8

const NONE: Codes = { list: [], set: undefined }

/** A list of codes, ready to be asked. */
export const codesOf = (list: ReadonlyArray<number>): Codes =>
  list.length === 0 ? NONE : { list, set: list.length > LONG ? new Set(list) : undefined }

export const has = ({ list, set }: Codes, code: number): boolean =>
  set === undefined ? list.includes(code) : set.has(code)

/** Do the sides share a code? As many look-ups as the shorter one has codes. */
export const meet = (a: Codes, b: Codes): boolean => {
  const [few, many] = a.list.length <= b.list.length ? [a, b] : [b, a]
  for (const code of few.list) if (has(many, code)) return true
  return false
}

/** A criterion with numbers for the keys that candidates require. */
export interface Numbered<S, C> {
  readonly name: string
  readonly required: (candidate: C) => Codes | undefined
  readonly shown: (subject: S) => Codes
}

export const numberKeys = <S, C>({ name, requires, shows, reads }: Criterion<S, C>): Numbered<S, C> => {
  const codes = new Map<Key, number>()
  const codeOf = (key: Key): number => {
    const known = codes.get(key)
    if (known !== undefined) return known
    codes.set(key, codes.size)
    return codes.size - 1
  }
  const required = (candidate: C): Codes | undefined => {
    const keys = requires(candidate)
    if (O.isNone(keys)) return undefined
    return codesOf(keys.value.length === 1 ? [codeOf(keys.value[0])] : [...new Set(keys.value)].map(codeOf))
  }

  const look = (subject: S): Codes => {
    const list: Array<number> = []
    for (const key of shows(subject)) {
      const code = codes.get(key)
      if (code !== undefined) list.push(code)
    }
    return codesOf(list)
  }

  // The last subject, the part of it that was read, and what that showed. Subjects that follow one another often share a
  // part; nobody outside can notice.
  let last: unknown = codes
  let part: unknown = codes
  let seen: Codes = NONE
  const shown = (subject: S): Codes => {
    if (subject === last) return seen
    const read = reads(subject)
    if (read !== part) seen = look(subject)
    last = subject
    part = read
    return seen
  }
  return { name, required, shown }
}
