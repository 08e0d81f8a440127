/**
 * Laws of outlines (src/record/Outline.ts), over the explanations of both halves (G6).
 */
import { either as E } from 'fp-ts'
import fc from 'fast-check'
import { Allocation, Deployment, Outline } from 'seatwise'
import { expect, test } from 'vitest'
import { explainAll } from '../generators/decide.js'
import * as Planned from '../generators/deployment/run.js'
import { estateWorld } from '../generators/deployment.js'
import { explainPast, pastWorld } from '../generators/synchronization.js'
import { world } from '../generators/target.js'

const everyLine = (outline: Outline.Outline): ReadonlyArray<Outline.Line> => [
  outline,
  ...(outline.sections ?? []).flatMap((section) => [
    section,
    ...(section.entries ?? []).flatMap((entry) => [entry, ...(entry.lines ?? [])]),
  ]),
]

/** What a reader of Markdown sees of a line, for the few constructs that an outline uses. */
const seen = (line: string): string => line.replace(/`[^`]+`|\\(.)/g, (whole, character?: string) => character ?? whole)

const holds = (outline: Outline.Outline): void => {
  // Law 1: also as what a file holds.
  const kept: unknown = JSON.parse(JSON.stringify(Outline.Outline.encode(outline)))
  expect(Outline.Outline.decode(kept)).toEqual(E.right(outline))
  // Law 2
  const lines = everyLine(outline)
  const text = Outline.text(outline).split('\n')
  expect(text).toHaveLength(lines.length)
  lines.forEach((line, place) => expect(text[place]?.endsWith(line.text)).toBe(true))
  const markdown = Outline.markdown(outline).split('\n')
  const shown = markdown.filter((line) => line !== '').map(seen)
  expect(shown.map((line) => line.replace(/^ *- /, ''))).toEqual(text.map((line) => line.trimStart()))
  // Law 3: of every line all but the first is an entry of a list, and nothing else begins there.
  for (const line of markdown.slice(2)) expect(line).toMatch(/^ *- (?![#+=>-]|\d+[.)])/)
  for (const line of lines) expect(line.clause ?? 'ALLOC-1').toMatch(/^(ALLOC|ALD|COMP)-\d+/)
}

test('explanations of allocation are outlined without loss, and outlines survive a file', () => {
  fc.assert(
    fc.property(world, (given) => {
      for (const explanation of explainAll(given)) {
        const outline = Allocation.outline(explanation)
        holds(outline)
        expect(outline.code).toBe(explanation.decision.outcome)
        expect(Outline.text(outline)).toBe(Allocation.render(explanation))
      }
    }),
    { numRuns: 40 },
  )
})

test('explanations of runs are outlined without loss, too', () => {
  fc.assert(
    fc.property(pastWorld, (given) => {
      for (const explanation of explainPast(given)) holds(Allocation.outline(explanation))
    }),
    { numRuns: 40 },
  )
})

test('explanations of deployment are outlined without loss, and outlines survive a file', () => {
  fc.assert(
    fc.property(estateWorld, ({ estate, now }) => {
      for (const explanation of Planned.explainAll(estate, now)) {
        const outline = Deployment.outline(explanation)
        holds(outline)
        expect(outline.code).toBe(explanation.decision.reason ?? explanation.decision.action)
        expect(Outline.text(outline)).toBe(Deployment.render(explanation))
      }
    }),
    { numRuns: 40 },
  )
})

test('nothing that a text says becomes a heading, a link, a list or a tag of Markdown', () => {
  const text = fc.string({
    unit: fc.constantFrom(
      '#',
      '-',
      '1',
      '.',
      ')',
      '[',
      ']',
      '(',
      '<',
      'b',
      '>',
      '`',
      '*',
      '_',
      '!',
      '\\',
      '&',
      ':',
      '/',
      'www',
      '@',
      '~',
      '|',
      ' ',
      'a',
    ),
    minLength: 1,
    maxLength: 12,
  })
  fc.assert(
    fc.property(text, (given) => {
      const written = Outline.markdown({ code: 'outcome', text: given })
      const plain = written.replace(/`[^`]+`|\\./g, 'x')
      expect(plain).not.toMatch(/[`*_[\]<>&~|@]|:\/\/|^\s*\d*[#+\-=:.)]/)
      expect(seen(written)).toBe(given.trimEnd())
    }),
    { numRuns: 2_000 },
  )
})
