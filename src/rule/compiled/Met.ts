/**
 * Whom a subject meets on a shelf: the candidates of which it shows something.
 */
/* eslint-disable no-param-reassign -- written in place: there are some in every search */
import { doubled } from '../../value/Lists.js'

/** The candidates met last, so many from the start of the lists on: their numbers and verdicts. */
export interface Met {
  numbers: Int32Array
  verdicts: Int32Array
  count: number
}

export const nothingMet = (): Met => ({ numbers: new Int32Array(16), verdicts: new Int32Array(16), count: 0 })

/** Adds a candidate. */
export const meetOne = (met: Met, number: number, verdict: number): void => {
  if (met.count === met.numbers.length) {
    met.numbers = doubled(met.numbers)
    met.verdicts = doubled(met.verdicts)
  }
  met.numbers[met.count] = number
  met.verdicts[met.count] = verdict
  met.count += 1
}
