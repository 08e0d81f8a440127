/**
 * What a list of edits is faulted for, of either half.
 *
 * Law: of edits that say something of one thing, all but the first are told so, once for each place.
 */
import * as Text from '../value/Text.js'
import { showPath, type Rejection, type Step } from './Rejection.js'

export interface Telling {
  readonly faults: Array<Rejection>
}

export const tell = (
  { faults }: Telling,
  code: Rejection['code'],
  index: number,
  path: ReadonlyArray<Step>,
  hint: string,
  found?: string,
): void => {
  faults.push({
    code,
    severity: 'error',
    path: showPath(['edits', index, ...path]),
    collection: 'edits',
    index,
    ...(found === undefined ? {} : { preview: Text.preview(found) }),
    hint,
  })
}

/**
 * Holds who said something of what: whoever says more of it contradicts that, and is told so once for each place. Answers
 * whether nothing was said before.
 */
export const subjects = (telling: Telling) => {
  const first = new Map<string, number>()
  const told = new Set<string>()
  return (index: number, path: ReadonlyArray<Step>, what: string, subject: string): boolean => {
    const key = JSON.stringify([what, subject])
    const earlier = first.get(key)
    if (earlier === undefined) {
      first.set(key, index)
      return true
    }
    const place = JSON.stringify([index, ...path])
    if (told.size === told.add(place).size) return false
    const hint = `edits[${String(earlier)}] says something of the same ${what}; say all of it in one edit`
    tell(telling, 'contradiction', index, path, hint, subject === '' ? undefined : subject)
    return false
  }
}
