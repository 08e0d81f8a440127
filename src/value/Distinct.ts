/**
 * Are all texts of a list different? Nearly always ids are, and a set that grows hashes each of them several times only to
 * say so.
 *
 * Law: `areDistinct(all, text)` is `new Set(all.map(text)).size === all.length`.
 */

/** A longer search means that texts were made to be mixed alike: then a set, which knows better, is asked. */
const LONGEST_SEARCH = 256

/** Mixes all of a text into 32 bits. */
export const mix = (text: string): number => {
  let mixed = text.length
  for (let position = 0; position < text.length; position += 1)
    mixed = Math.imul(mixed ^ text.charCodeAt(position), 0x01000193)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b)
  return mixed ^ (mixed >>> 13)
}

/** Are the texts of all of them different? */
export const areDistinct = <A>(all: ReadonlyArray<A>, text: (one: A) => string): boolean => {
  const mask = 2 ** Math.ceil(Math.log2(Math.max(2, 2 * all.length))) - 1
  // Two words a slot: what the text was mixed to, and its position, counted from 1.
  const slots = new Int32Array(2 * (mask + 1))
  let place = 0
  for (const one of all) {
    place += 1
    const given = text(one)
    const mixed = mix(given)
    let slot = mixed & mask
    for (let searched = 0; ; searched += 1) {
      const position = slots[2 * slot + 1] ?? 0
      if (position === 0) break
      if (searched === LONGEST_SEARCH) return new Set(all.map(text)).size === all.length
      // INVARIANT: what stands in a slot is the position of one of them.
      if (slots[2 * slot] === mixed && text(all[position - 1] as A) === given) return false
      slot = (slot + 1) & mask
    }
    slots[2 * slot] = mixed
    slots[2 * slot + 1] = place
  }
  return true
}
