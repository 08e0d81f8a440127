// @ts-check
/**
 * The options of the command line, from texts to data.
 */
import { either as E, function as F, option as O } from 'fp-ts'
import { Text } from 'seatwise'
import { allocationOf } from './allocation.mjs'
import { alone, given, named, ofAllocation, ofDeployment, ofEither, valuesOf } from './declared.mjs'
import { deploymentOf } from './deployment.mjs'

/**
 * What the caller asks for, by halves; one that is absent is not run.
 *
 * @typedef {object} Options
 * @property {boolean} help
 * @property {import('../allocate/decide.mjs').Asked} [allocation]
 * @property {import('../deploy/deploy.mjs').Asked} [deployment]
 */

/**
 * The options of what is asked, of allocation, of deployment, or of neither of the two: then both examples are shown.
 *
 * @param {import('./declared.mjs').Values} values
 * @returns {E.Either<ReadonlyArray<string>, Options>}
 */
const optionsOf = (values) => {
  const about = given(values, Object.keys(ofAllocation))
  const beside = given(values, Object.keys(ofDeployment))
  const [isAllocation, isDeployment] = [about.length > 0, beside.length > 0]
  const isAlone = !isAllocation && !isDeployment && given(values, Object.keys(ofEither)).length === 0 && !values.json
  const bound = values.bound !== undefined && /^[1-4]$/.test(values.bound) ? Number(values.bound) : undefined
  const allocation = allocationOf(values, bound)
  const deployment = deploymentOf(values, bound, isAlone)
  const problems = [
    ...(isAllocation && isDeployment
      ? [`${named(about)} for allocation, ${named(beside)} for deployment: give options of one of the two at a time`]
      : []),
    ...alone(values, 'bound', ['would-allocate', 'would-serve']),
    ...(values.bound !== undefined && bound === undefined
      ? [`--bound wants a number from 1 to 4, not \`${Text.preview(values.bound)}\``]
      : []),
    ...(isDeployment && !isAllocation ? [] : allocation.problems),
    ...(isDeployment ? deployment.problems : []),
  ]
  if (values.help) return E.right({ help: true })
  if (problems.length > 0) return E.left([...new Set(problems)])
  return E.right({
    help: false,
    ...(isDeployment ? {} : { allocation: allocation.asked }),
    ...((isDeployment || isAlone) && O.isSome(deployment.asked) ? { deployment: deployment.asked.value } : {}),
  })
}

/**
 * Reads the arguments: what the caller asks for, or everything that is wrong with them.
 *
 * @param {ReadonlyArray<string>} args
 * @returns {E.Either<ReadonlyArray<string>, Options>}
 */
export const parse = (args) => F.pipe(valuesOf(args), E.chain(optionsOf))
