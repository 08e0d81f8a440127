// @ts-check
/**
 * What is measured, a table at a time.
 */
import { option as O } from 'fp-ts'
import { agree, Allocation, Catalog, catalogOf, compile, countOf, floor, must, snapshotsOf } from './library.mjs'
import { collectGarbage, power, print, series, short, times, whole } from './measure.mjs'
import { deep, longList, namesakes, shapes } from './shapes.mjs'
import { estate } from './worlds.mjs'

/** @typedef {import('./library.mjs').Snapshots} Snapshots */
/** @typedef {import('./shapes.mjs').Shape} Shape */

/**
 * `budget`: how long one size of a shape may take, in nanoseconds.
 *
 * @typedef {{
 *   readonly quick: boolean
 *   readonly rounds: number
 *   readonly budget: number
 *   readonly clock: import('./measure.mjs').Clock
 *   readonly timed: import('./measure.mjs').Timed
 * }} Settings
 */

/**
 * A table is made in two steps: first its worlds, in all of which the readers must agree; then it is measured and printed.
 *
 * @typedef {(settings: Settings) => () => void} Table
 */

/** @type {(decisions: ReadonlyArray<import('seatwise').Decision.Decision>) => string} */
const mixOf = (decisions) => {
  const groups = new Map([
    ['group 1', 0],
    ['group 2', 0],
    ['group 3', 0],
    ['rule 4', 0],
  ])
  for (const { outcome, rule } of decisions) {
    const group = rule === undefined ? outcome : rule === '4' ? 'rule 4' : `group ${rule.slice(0, 1)}`
    groups.set(group, (groups.get(group) ?? 0) + 1)
  }
  return Array.from(groups, ([group, count]) => `${group} ${((count / decisions.length) * 100).toFixed(0)} %`).join(
    ', ',
  )
}

/** All objects and all decisions stand in memory at once. @type {Table} */
const installations = ({ quick, rounds, timed }) => {
  const sizes = quick ? [25_000, 50_000, 100_000, 200_000] : [125_000, 250_000, 500_000, 1_000_000]
  const { catalog: wire, parts } = estate({ snapshots: (sizes[sizes.length - 1] ?? 0) / 20 })
  const catalog = catalogOf(wire)
  const first = parts.slice(0, 2).flatMap(snapshotsOf)
  agree('estate', catalog, first, 10)
  const decide = compile(catalog)
  const mix = mixOf(first.flatMap(decide))

  const cases = sizes.map((size) => ({
    size,
    run: () => {
      const some = parts.slice(0, Math.ceil(size / 10_000))
      const parsing = timed(() => {
        for (const part of some) JSON.parse(part)
      })
      const decoding = timed(() => some.flatMap(snapshotsOf))
      const snapshots = decoding.result.slice(0, size / 20)
      const count = countOf(snapshots)
      const deciding = timed(() => snapshots.flatMap(decide).length)
      const writing = timed(() => floor(snapshots).length)
      const decoded = countOf(decoding.result)
      return {
        decide: deciding.ns / count,
        floor: writing.ns / count,
        parse: parsing.ns / decoded,
        decode: decoding.ns / decoded,
      }
    },
  }))
  return () => {
    const rows = series(cases, ['decide', 'floor', 'parse', 'decode'], rounds)
    print(
      `Installations: ns an installation, 5,000 licenses (${mix})`,
      ['installations', 'decide', 'ratio', 'floor', 'decide / floor', 'decode JSON', 'ratio', 'JSON.parse alone'],
      rows.map(({ size, figures: { decide, floor, parse, decode } }) => [
        whole(size),
        whole(decide.ns),
        times(decide),
        whole(floor.ns),
        `×${short(decide.ns / floor.ns)}`,
        whole(decode.ns),
        times(decode),
        whole(parse.ns),
      ]),
    )
  }
}

/** @type {(settings: Settings, title: string, worldOf: (licenses: number) => ReturnType<typeof estate>) => () => void} */
const byLicenses = ({ quick, rounds, timed }, title, worldOf) => {
  const sizes = quick ? [1_000, 5_000, 25_000] : [1_000, 5_000, 25_000, 100_000]
  const cases = sizes.map((size) => {
    const { catalog: wire, parts } = worldOf(size)
    const catalog = catalogOf(wire)
    agree(`${title}: ${whole(size)}`, catalog, snapshotsOf(parts[0] ?? '[]').slice(0, 100), 10)
    const decide = compile(catalog)
    return {
      size,
      run: () => {
        const snapshots = parts.slice(0, quick ? 4 : 10).flatMap(snapshotsOf)
        const count = countOf(snapshots)
        return { decide: timed(() => snapshots.flatMap(decide).length).ns / count }
      },
    }
  })
  return () => {
    print(
      `${title}: ns an installation, ${quick ? '40,000' : '100,000'} installations`,
      ['licenses', 'decide', 'ratio', 'exponent'],
      series(cases, ['decide'], rounds).map(({ size, figures: { decide } }) => [
        whole(size),
        whole(decide.ns),
        times(decide),
        power(decide),
      ]),
    )
  }
}

/** @type {Table} */
const other = (settings) =>
  byLicenses(settings, 'Licenses of other software, which nobody has installed', (licenses) =>
    estate({ snapshots: 5_000, software: 100, licenses: 1_000, otherLicenses: licenses - 1_000 }),
  )

/** @type {Table} */
const all = (settings) =>
  byLicenses(settings, 'Licenses of all software, ten each, all of it installed', (licenses) =>
    estate({ snapshots: 5_000, software: licenses / 10, licenses, skew: 1 }),
  )

/** How long one size of a shape is decided for, in nanoseconds. */
const AT_LEAST = 2e7

/**
 * Decides snapshots, fresh ones each time, for long enough to be measured, and gives up on what takes too long:
 * nanoseconds an installation, and licenses tied each.
 *
 * @param {Settings} settings
 * @param {import('seatwise').Allocation.Allocate} decide
 * @param {() => Snapshots} fresh
 */
const decideWithin = ({ clock, budget }, decide, fresh) => {
  let [count, tied, ns] = [0, 0, 0]
  collectGarbage()
  while (ns < AT_LEAST) {
    const snapshots = fresh()
    const start = clock()
    for (const snapshot of snapshots) {
      for (const decision of decide(snapshot)) {
        count += 1
        tied += decision.tied?.length ?? 0
      }
      if (clock() - start > budget) break
    }
    ns += clock() - start
  }
  return { ns: ns / count, tied: tied / count }
}

/**
 * What a shape costs: ns an installation.
 *
 * @type {(name: string, size: number, licensesEach: number, made: Shape, settings: Settings) => import('./measure.mjs').Case<'decide' | 'compile' | 'tied'>}
 */
const shapeCase = (name, size, licensesEach, { catalog: wire, parts, policy }, settings) => {
  const catalog = catalogOf(wire)
  agree(`${name}: ${whole(size)}`, catalog, parts.flatMap(snapshotsOf), licensesEach, policy)
  const units = Math.max(catalog.licenses.length, size)
  return {
    size,
    run: () => {
      const compiling = settings.timed(() => compile(catalog, policy))
      const { ns, tied } = decideWithin(settings, compiling.result, () => parts.flatMap(snapshotsOf))
      return { decide: ns, compile: compiling.ns / units, tied }
    },
  }
}

/** @type {Table} */
const same = (settings) => {
  const sizes = settings.quick ? [10, 100, 1_000] : [10, 100, 1_000, 10_000]
  const measured = shapes.map(({ name, make }) => ({
    name,
    cases: sizes.map((size) => shapeCase(name, size, size, make(size), settings)),
  }))
  return () => {
    const rows = measured.map(({ name, cases }) => {
      const figures = series(cases, ['decide', 'compile', 'tied'], settings.rounds).map((row) => row.figures)
      const last = figures[figures.length - 1]
      if (last === undefined) return [name]
      const eachTied = last.tied.ns < 1 ? '' : short(last.decide.ns / last.tied.ns)
      return [
        name,
        ...figures.map(({ decide }) => whole(decide.ns)),
        times(last.decide),
        power(last.decide),
        eachTied,
        whole(last.compile.ns),
      ]
    })
    print(
      'Licenses of the same software: ns an installation, by licenses',
      ['shape', ...sizes.map(whole), 'ratio', 'exponent', 'ns a tied license', 'compile, ns a license'],
      rows,
    )
  }
}

/** @type {(settings: Settings, title: string, unit: string, sizes: ReadonlyArray<number>, lines: ReadonlyArray<{ name: string, most: number, make: (size: number) => Shape }>) => () => void} */
const shapesBySize = (settings, title, unit, sizes, lines) => {
  const measured = lines.map(({ name, most, make }) => ({
    name,
    cases: sizes
      .filter((size) => size <= most)
      .map((size) => {
        const made = make(size)
        // A reference reader looks at every entry of a long list, and at every license.
        return shapeCase(name, size, size + made.catalog.licenses.length, made, settings)
      }),
  }))
  return () => {
    const rows = measured.flatMap(({ name, cases }) =>
      series(cases, ['decide', 'compile', 'tied'], settings.rounds).map(({ size, figures: { decide, compile } }) => [
        name,
        whole(size),
        whole(decide.ns),
        times(decide),
        power(decide),
        whole(compile.ns),
        times(compile),
      ]),
    )
    print(title, ['', unit, 'decide', 'ratio', 'exponent', `compile, ns each`, 'ratio'], rows)
  }
}

/** @type {Table} */
const lists = (settings) =>
  shapesBySize(
    settings,
    'One license for many devices: ns an installation, ns a list entry',
    'entries',
    settings.quick ? [10, 100, 1_000] : [10, 100, 1_000, 10_000, 100_000],
    [{ name: 'ten licenses, one with a long list', most: 100_000, make: longList }],
  )

/** @type {Table} */
const chains = (settings) =>
  shapesBySize(
    settings,
    'Chains of units, organizations and locations, strict: ns an installation, ns a unit or license',
    'deep',
    settings.quick ? [100, 1_000] : [100, 1_000, 10_000, 100_000],
    [
      { name: 'twenty licenses include units', most: 100_000, make: (size) => deep(size) },
      { name: 'other software includes every unit', most: 10_000, make: (size) => deep(size, 'other-software') },
      { name: 'the same software includes every unit', most: 10_000, make: (size) => deep(size, 'same-software') },
    ],
  )

/** @type {Table} */
const names = (settings) =>
  shapesBySize(
    settings,
    'Units of one name, to which everybody refers: ns an installation, ns a unit or license',
    'units',
    settings.quick ? [10, 100, 1_000] : [10, 100, 1_000, 10_000],
    [
      { name: 'ten licenses', most: 10_000, make: (size) => namesakes(size, 'ten licenses') },
      { name: 'as many licenses as units', most: 10_000, make: (size) => namesakes(size, 'all licenses') },
    ],
  )

const catalogSizes = (/** @type {Settings} */ { quick }) => (quick ? [1_000, 10_000] : [1_000, 5_000, 25_000, 100_000])

/** @type {Table} */
const compiling = (settings) => {
  const cases = catalogSizes(settings).map((size) => {
    const { catalog: wire } = estate({ snapshots: 1, software: size / 10, licenses: size })
    const text = JSON.stringify(wire)
    return {
      size,
      run: () => {
        const decoding = settings.timed(() => Catalog.parse(text).right)
        const compiled = settings.timed(() => compile(decoding.result))
        const strict = settings.timed(() => compile(decoding.result, { restrictions: 'strict' }))
        return { decode: decoding.ns / size, compile: compiled.ns / size, strict: strict.ns / size }
      },
    }
  })
  return () => {
    print(
      'Compiling a catalog, ten licenses each software: ns a license',
      ['licenses', 'compile', 'ratio', 'strict', 'ratio', 'decode JSON', 'ratio'],
      series(cases, ['compile', 'strict', 'decode'], settings.rounds).map(
        ({ size, figures: { compile, strict, decode } }) => [
          whole(size),
          whole(compile.ns),
          times(compile),
          whole(strict.ns),
          times(strict),
          whole(decode.ns),
          times(decode),
        ],
      ),
    )
  }
}

/** @type {Table} */
const explaining = (settings) => {
  const cases = catalogSizes(settings).map((size) => {
    const { catalog: wire, parts } = estate({ snapshots: 10, software: size / 10, licenses: size, skew: 1 })
    const explain = must(Allocation.explain()(catalogOf(wire)))
    return {
      size,
      run: () => {
        const asked = snapshotsOf(parts[0] ?? '[]').flatMap((snapshot) =>
          (snapshot.installations ?? []).slice(0, 5).map(({ id }) => /** @type {const} */ ([snapshot, id])),
        )
        const { ns } = settings.timed(() => asked.filter(([snapshot, id]) => O.isSome(explain(snapshot, id))).length)
        return { explain: ns / asked.length }
      },
    }
  })
  return () => {
    print(
      'Explaining one installation, ten licenses each software: microseconds',
      ['licenses', 'explain', 'ratio', 'exponent'],
      series(cases, ['explain'], settings.rounds).map(({ size, figures: { explain } }) => [
        whole(size),
        short(explain.ns / 1_000),
        times(explain),
        power(explain),
      ]),
    )
  }
}

/** @type {Readonly<Record<string, Table>>} */
export const TABLES = { installations, other, all, same, lists, chains, names, compiling, explaining }
