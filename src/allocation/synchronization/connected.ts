/**
 * What is connected: names joined by links, however long the way. Names of which nobody says anything are by themselves.
 *
 * Law: two names have one representative exactly when a way of links leads from the one to the other; the representative
 * does not depend on the order of the links.
 */

/** Tells the representative of a name: of all that it is connected with, the first by code unit. */
export const connected = (links: ReadonlyArray<readonly [string, string]>): ((name: string) => string) => {
  const above = new Map<string, string>()

  /** The way up is halved while it is gone. */
  const top = (name: string): string => {
    let at = name
    for (;;) {
      const next = above.get(at)
      if (next === undefined) return at
      const afterNext = above.get(next)
      if (afterNext !== undefined) above.set(at, afterNext)
      at = next
    }
  }

  for (const [one, other] of links) {
    const [a, b] = [top(one), top(other)]
    if (a < b) above.set(b, a)
    else if (b < a) above.set(a, b)
  }
  return top
}
