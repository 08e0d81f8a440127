/**
 * Criteria with numbered keys: small numbers instead of texts, so that joining is cheap. It is the only place where the
 * compiled reader touches a key.
 *
 * Law: two sides meet by numbers exactly when they meet by keys.
 */
import { O } from '../prelude.js'
import type { Criterion, Key } from './Criterion.js'

/** Stands for a candidate that does not ask for a criterion. */
export const UNASKED: ReadonlyArray<number> = [0]

/** The codes that a candidate requires; a long list, such as a thousand devices, is asked as a set. */
export interface Requirement {
  readonly codes: ReadonlyArray<number>
  readonly has: (code: number) => boolean
}

const LONG = 8

const requirement = (codes: ReadonlyArray<number>): Requirement => {
  if (codes.length <= LONG) return { codes, has: (code) => codes.includes(code) }
  const set = new Set(codes)
  return { codes, has: (code) => set.has(code) }
}

/** A criterion with numbers for the keys that candidates require. */
export interface Numbered<S, C> {
  readonly name: string
  readonly codes: Map<Key, number>
  readonly required: (candidate: C) => Requirement | undefined
  readonly shown: (subject: S) => ReadonlyArray<number>
}

export const numberKeys = <S, C>({ name, requires, shows, reads }: Criterion<S, C>): Numbered<S, C> => {
  const codes = new Map<Key, number>()
  const required = (candidate: C): Requirement | undefined => {
    const keys = requires(candidate)
    if (O.isNone(keys)) return undefined
    const code = (key: Key): number => {
      const known = codes.get(key) ?? codes.size + 1
      codes.set(key, known)
      return known
    }
    return requirement([...new Set(keys.value)].map(code))
  }

  // The last part read and what it showed. Subjects that follow one another often share it; nobody outside can notice.
  let part: unknown = codes
  let last: ReadonlyArray<number> = []
  const shown = (subject: S): ReadonlyArray<number> => {
    const read = reads(subject)
    if (read !== part) {
      last = shows(subject).flatMap((key) => codes.get(key) ?? [])
      part = read
    }
    return last
  }
  return { name, codes, required, shown }
}

export const meet = ({ has }: Requirement, shown: ReadonlyArray<number>): boolean => shown.some(has)
