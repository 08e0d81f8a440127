/**
 * Are two records the same? As JSON values are: by their fields and entries, what is absent being no field.
 */

type Fields = Readonly<{ [field: string]: unknown }>

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null

/** INVARIANT: records are as deep as their types say. */
export const isSame = (one: unknown, other: unknown): boolean => {
  if (Object.is(one, other)) return true
  if (!isObject(one) || !isObject(other) || Array.isArray(one) !== Array.isArray(other)) return false
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].every((field) => isSame(one[field], other[field]))
}
