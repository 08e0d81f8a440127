/**
 * Ways up that lead back to where they began.
 */

/** Is a name above itself, by what stands above each? */
export const isAboveItself = <Name>(above: ReadonlyMap<Name, Name | undefined>, name: Name): boolean => {
  const seen = new Set<Name>()
  for (let at = above.get(name); at !== undefined && !seen.has(at); at = above.get(at)) seen.add(at)
  return seen.has(name)
}
