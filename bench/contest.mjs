// @ts-check
/**
 * A contest: contestants take their turns in every round, each with what is made afresh for it, after garbage has been
 * collected; the round begins with another of them each time. What is compared are figures of the same round: the median
 * of the rounds' ratios, with their quartiles as spread.
 */
import { clocks, collectGarbage, median } from './measure.mjs'

/**
 * `fresh` makes what `run` gets, untimed. `pieces` is what the time is divided by. `clock`: `wall` for what has threads of
 * its own, whatever was asked for. `twice`: it runs once before it is timed, since with the garbage the shapes of its own
 * objects were collected too, and with them code that was made for these.
 *
 * @template A
 * @typedef {{
 *   name: string
 *   pieces: number
 *   fresh: () => A | Promise<A>
 *   run: (given: A) => unknown
 *   clock?: 'wall'
 *   twice?: boolean
 * }} Contestant
 */

/** Nanoseconds a piece, by either clock. @typedef {{ wall: number, processor: number }} Cost */
/** @typedef {{ value: number, low: number, high: number }} Spread */
/** @typedef {{ name: string, size: string, ns: Spread, pieces: number }} Row */
/** @typedef {{ name: string, size: string } & Spread} Ratio */
/** @typedef {{ name: string, size: string, unit: string } & Spread} Figure */

/**
 * What a contest has to tell. Ratios that have a target are told at the top; the others stand beside.
 *
 * @typedef {{
 *   title: string
 *   notes: ReadonlyArray<string>
 *   rows: ReadonlyArray<Row>
 *   ratios: ReadonlyArray<Ratio>
 *   figures: ReadonlyArray<Figure>
 * }} Result
 */

/**
 * @typedef {{
 *   rounds: number
 *   clock: 'wall' | 'processor'
 *   quick: boolean
 *   installations: ReadonlyArray<number>
 *   licenses: ReadonlyArray<number>
 *   world: { seed: number, skew: number, withKeys: number }
 *   peers: boolean
 *   tell: (text: string) => void
 *   absent: Record<string, string>
 * }} Settings
 */

/** @type {(sorted: ReadonlyArray<number>, share: number) => number} */
const quantile = (sorted, share) => {
  const place = (sorted.length - 1) * share
  const [below, above] = [sorted[Math.floor(place)] ?? NaN, sorted[Math.ceil(place)] ?? NaN]
  return below + (above - below) * (place - Math.floor(place))
}

/** @type {(numbers: ReadonlyArray<number>) => Spread} */
export const spreadOf = (numbers) => {
  const sorted = [...numbers].sort((a, b) => a - b)
  return { value: median(numbers), low: quantile(sorted, 0.25), high: quantile(sorted, 0.75) }
}

/** @type {<A>(contestant: Contestant<A>) => Promise<Cost>} */
const measure = async (contestant) => {
  const given = await contestant.fresh()
  const before = contestant.twice === true ? await contestant.fresh() : given
  collectGarbage()
  if (contestant.twice === true) await contestant.run(before)
  return timed(contestant, given)
}

/** @type {<A>(contestant: Contestant<A>, given: A) => Promise<Cost>} */
const timed = async ({ run, pieces }, given) => {
  const [wall, processor] = [clocks.wall(), clocks.processor()]
  const result = run(given)
  if (result instanceof Promise) await result
  return { wall: (clocks.wall() - wall) / pieces, processor: (clocks.processor() - processor) / pieces }
}

/** A contestant has had its chance to be optimized after so many nanoseconds, or so many turns. */
const WARM = 4e8
const TURNS = 5
const QUICK_TURNS = 3

/** Twice at least, and what is over at once more often; nobody has to wait for garbage then. @type {(contestant: Contestant<any>, turns: number) => Promise<void>} */
const warmUp = async (contestant, turns) => {
  // Whoever runs twice is as warm as it gets before it is timed.
  if (contestant.twice === true) return
  let spent = 0
  for (let turn = 0; turn < turns && (turn < 2 || spent < WARM); turn += 1) {
    const { wall } = await timed(contestant, await contestant.fresh())
    // One that takes its time has run its loops often enough in a single turn.
    if (wall * contestant.pieces > WARM) return
    spent += wall * contestant.pieces
  }
}

/**
 * @param {Settings} settings
 * @param {string} size
 * @param {ReadonlyArray<Contestant<any>>} contestants
 */
export const contest = async ({ rounds, clock, quick, tell }, size, contestants) => {
  /** @type {Map<string, Array<Cost>>} */
  const costs = new Map(contestants.map(({ name }) => [name, []]))
  for (const contestant of contestants) await warmUp(contestant, quick ? QUICK_TURNS : TURNS)
  for (let round = 0; round < rounds; round += 1) {
    tell(`${size}: round ${round + 1} of ${rounds}`)
    for (let turn = 0; turn < contestants.length; turn += 1) {
      const contestant = contestants[(turn + round) % contestants.length]
      if (contestant !== undefined) costs.get(contestant.name)?.push(await measure(contestant))
    }
  }
  const byName = new Map(contestants.map((contestant) => [contestant.name, contestant]))
  const costsOf = (/** @type {string} */ name, by = byName.get(name)?.clock ?? clock) =>
    (costs.get(name) ?? []).map((cost) => cost[by])
  return {
    /** Nanoseconds a piece. */
    rows: contestants.map(({ name, pieces }) => ({ name, size, ns: spreadOf(costsOf(name)), pieces })),
    /**
     * How many times longer one takes than another; nothing where one of them is not there.
     *
     * @type {(name: string, of: string, over: string) => ReadonlyArray<Ratio>}
     */
    ratio: (name, of, over) => {
      if (!costs.has(of) || !costs.has(over)) return []
      const by = byName.get(of)?.clock ?? byName.get(over)?.clock ?? clock
      const base = costsOf(over, by)
      return [{ name, size, ...spreadOf(costsOf(of, by).map((cost, round) => cost / (base[round] ?? NaN))) }]
    },
    /** @type {(name: string, of: string, unit: string, perPiece: number) => ReadonlyArray<Figure>} */
    figure: (name, of, unit, perPiece) => {
      if (!costs.has(of)) return []
      const { value, low, high } = spreadOf(costsOf(of))
      return [{ name, size, unit, value: value * perPiece, low: low * perPiece, high: high * perPiece }]
    },
  }
}
