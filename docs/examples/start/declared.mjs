// @ts-check
/**
 * The options of the command line, by the half that they belong to, and how they are spoken of.
 */
import { parseArgs } from 'node:util'
import { either as E } from 'fp-ts'
import { Text } from 'seatwise'
import { enumerated } from '../shared/layout.mjs'

export const ofAllocation = /** @type {const} */ ({
  catalog: { type: 'string' },
  snapshots: { type: 'string' },
  allocations: { type: 'string' },
  policy: { type: 'string' },
  'as-of': { type: 'string' },
  explain: { type: 'string' },
  computer: { type: 'string' },
  'would-allocate': { type: 'string' },
  license: { type: 'string' },
  regret: { type: 'boolean' },
  certificate: { type: 'boolean' },
})

export const ofDeployment = /** @type {const} */ ({
  estate: { type: 'string' },
  now: { type: 'string' },
  until: { type: 'string' },
  events: { type: 'string' },
  device: { type: 'string' },
  'would-serve': { type: 'string' },
  type: { type: 'string' },
})

/** Beside an option of deployment these are about deployment, and otherwise about allocation. */
export const ofEither = /** @type {const} */ ({
  analyze: { type: 'boolean' },
  'what-if': { type: 'string' },
  bound: { type: 'string' },
})

const config = /** @type {const} */ ({
  options: {
    ...ofAllocation,
    ...ofDeployment,
    ...ofEither,
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

/** @typedef {ReturnType<typeof parseArgs<typeof config>>['values']} Values */
/** @typedef {keyof Values} Name */

/** An error of parseArgs is about what the caller typed, and quotes it. */
const messageOf = (/** @type {unknown} */ error) =>
  (error instanceof Error ? error.message : String(error)).split('\n').map(Text.printable)

/** The options as the caller gave them, or what is wrong with them. */
export const valuesOf = (/** @type {ReadonlyArray<string>} */ args) =>
  E.tryCatch(() => parseArgs({ ...config, args: [...args] }).values, messageOf)

/** Those of the options that the caller gave. */
export const given = (/** @type {Values} */ values, /** @type {ReadonlyArray<string>} */ names) =>
  names.filter((name) => values[/** @type {Name} */ (name)] !== undefined)

export const named = (/** @type {ReadonlyArray<string>} */ names, last = 'and') =>
  enumerated(
    names.map((name) => `--${name}`),
    last,
  )

/**
 * An option that says something of others, and is given without any of them.
 *
 * @param {Values} values
 * @param {Name} name
 * @param {ReadonlyArray<Name>} others
 */
export const alone = (values, name, others) =>
  values[name] !== undefined && given(values, others).length === 0
    ? [`--${name} needs ${named(others, 'or')} beside it`]
    : []

/** Options that ask for different answers, more than one of which is given. */
export const rivals = (/** @type {ReadonlyArray<string>} */ asked) =>
  asked.length > 1 ? [`${named(asked)} ask for different answers: give one of them`] : []
