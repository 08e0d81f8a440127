/**
 * The law of numbered criteria (src/rule/Numbered.ts): two sides meet by numbers exactly when they meet by keys.
 */
import fc from 'fast-check'
import { Criterion } from 'seatwise'
import { expect, test } from 'vitest'
import { meet, numberKeys } from '../../src/rule/Numbered.js'

type Keys = ReadonlyArray<string>

/** Keys that a plain object would confuse or lose, among others; lists are long enough to be asked as sets. */
const key = fc.oneof(
  { weight: 5, arbitrary: fc.nat({ max: 20 }).map((n) => `k${String(n)}`) },
  { weight: 1, arbitrary: fc.constantFrom('', '__proto__', 'constructor', '0', 'k1 ', 'K1') },
)
const keys = fc.array(key, { maxLength: 14 })

/** A criterion between lists of keys, which are read as what they are part of. */
const criterion = Criterion.make<{ readonly keys: Keys }, Keys>({
  name: 'criterion',
  requires: (candidate) => candidate,
  shows: (subject) => subject.keys,
})

test('two sides meet by numbers exactly when they meet by keys', () => {
  fc.assert(
    fc.property(fc.array(keys, { maxLength: 5 }), fc.array(keys, { maxLength: 5 }), (candidates, shown) => {
      const numbered = numberKeys(criterion)
      const required = candidates.map(numbered.required)
      for (const each of shown) {
        const subject = { keys: each }
        candidates.forEach((candidate, position) => {
          const asked = required[position]
          expect(asked === undefined).toBe(candidate.length === 0)
          if (asked !== undefined)
            expect(meet(asked, numbered.shown(subject))).toBe(Criterion.meets(criterion)(candidate, subject))
        })
      }
    }),
    { numRuns: 1_000 },
  )
})

test('what was read for one subject is never shown for another', () => {
  const numbered = numberKeys(criterion)
  const asked = numbered.required(['a'])!
  const [a, b] = [{ keys: ['a'] }, { keys: ['b'] }]
  expect([a, b, b, a].map((subject) => meet(asked, numbered.shown(subject)))).toEqual([true, false, false, true])
})
