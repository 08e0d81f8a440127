/**
 * The content of a record as one text: equal texts mean an exact duplicate (ALLOC-47). Neither the order of fields nor
 * that of any list is content, since no result depends on it (ALLOC-68).
 */
import * as Text from '../value/Text.js'
import type { Shape } from './Shape.js'

/** INVARIANT: a shape writes the fields of a record in one order. */
const canonical = (written: unknown): string => {
  if (Array.isArray(written)) return `[${written.map(canonical).sort(Text.compare).join()}]`
  if (typeof written !== 'object' || written === null) return JSON.stringify(written)
  return `{${Object.entries(written)
    .map(([field, value]) => `${JSON.stringify(field)}:${canonical(value)}`)
    .join()}}`
}

export const contentBy =
  <A>(shape: Shape<A>) =>
  (record: A): string =>
    canonical(shape.write(record))
