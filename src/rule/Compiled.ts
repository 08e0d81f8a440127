/**
 * The compiled reader: book and candidates become numbers, once; then a subject is decided in a few look-ups. It knows no
 * criterion by name, only what all of them are: keys that meet.
 *
 * What is done once: the keys that candidates require are numbered (compiled/Keys); the book is walked for each kind of
 * candidate, so that what a candidate asks for and what of that is shown say at once which rule matches (compiled/Verdicts);
 * small shelves are written as stretches of numbers (compiled/Scan); on large ones, keys that few candidates require lead to
 * these, and keys that many require are listed on each shelf (compiled/Leads). What a subject shows is marked once for each
 * part of it that criteria read (compiled/Board); the texts of subjects in a line are recognized together (compiled/Line).
 *
 * @since 0.1.0
 */
import { open } from './compiled/Engine.js'
import type { MakeReaders } from './Reader.js'

/**
 * Readers that join by keys. They decide as the reference readers do, in a few look-ups each.
 *
 * @example
 * import assert from 'node:assert'
 * import { Compiled, Criterion, Reference, Rule } from 'seatwise'
 *
 * const language = Criterion.make({
 *   name: 'language',
 *   requires: (agent: { readonly speaks: ReadonlyArray<string> }) => agent.speaks,
 *   shows: (ticket: { readonly language: string }) => [ticket.language],
 * })
 * const reading = { book: [Rule.rule('language', language), Rule.rule('anyone')], restricting: [] }
 * const shelves = new Map([['support', [{ speaks: ['sv'] }, { speaks: ['de'] }]]])
 * const decide = (readers: typeof Compiled.readers) => readers(reading)(shelves).get('support')?.decide({ language: 'de' })
 * assert.deepStrictEqual(decide(Compiled.readers), decide(Reference.readers))
 *
 * @since 0.1.0
 */
export const readers: MakeReaders = (reading) => (shelves) => open(reading)(shelves).readers
