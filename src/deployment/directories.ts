/**
 * Which directories are above a directory (ALD-39).
 */
import type { Directory } from '../record/Directory.js'
import type { DirectoryId } from '../value/Id.js'
import * as Text from '../value/Text.js'

/**
 * For each directory those of `chosen` that are at or above it (ALD-39). An unknown parent ends the way up; of a loop all
 * members are above each other. A directory that is not listed is still itself.
 *
 * INVARIANT: every directory is walked through once in all, however deep the trees are.
 */
export const directoriesAbove = (
  directories: ReadonlyArray<Directory>,
  chosen: ReadonlySet<DirectoryId>,
): ((directory: DirectoryId) => ReadonlyArray<DirectoryId>) => {
  const parents = new Map(directories.map(({ id, parent }) => [id, parent]))
  const known = new Map<DirectoryId, ReadonlyArray<DirectoryId>>()

  const walk = (start: DirectoryId): void => {
    const way: Array<DirectoryId> = []
    const places = new Map<DirectoryId, number>()
    let directory: DirectoryId | undefined = start
    while (directory !== undefined && !known.has(directory) && !places.has(directory)) {
      places.set(directory, way.length)
      way.push(directory)
      directory = parents.get(directory)
    }
    let above: ReadonlyArray<DirectoryId> = directory === undefined ? [] : (known.get(directory) ?? [])
    const loop = directory === undefined ? undefined : places.get(directory)
    if (loop !== undefined) {
      const members = way.splice(loop)
      above = members.filter((member) => chosen.has(member)).sort(Text.compare)
      for (const member of members) known.set(member, above)
    }
    for (let next = way.pop(); next !== undefined; next = way.pop()) {
      if (chosen.has(next)) above = [next, ...above]
      known.set(next, above)
    }
  }

  return (directory) => {
    if (!known.has(directory)) walk(directory)
    return known.get(directory) ?? []
  }
}
