// @ts-check
/**
 * What questions cost: of one installation or device, in the largest catalog; and of all records, beside the run or the plan
 * that they are asked about.
 */
import { createHash } from 'node:crypto'
import { contest } from '../contest.mjs'
import { Allocation, Certificate, Deployment, must } from '../library.mjs'
import { whole } from '../measure.mjs'
import { estateOf, NOW } from './deployment.mjs'
import { someInstallations, STRICT, worldOf } from './estate.mjs'

/** @typedef {import('../contest.mjs').Settings} Settings */
/** @typedef {import('../contest.mjs').Result} Result */

const QUESTIONS = 50

/** Some of a list, from all over it. @type {<A>(list: ReadonlyArray<A>) => ReadonlyArray<A>} */
const someOf = (list) => {
  const step = Math.max(1, Math.floor(list.length / QUESTIONS))
  return list.filter((_, index) => index % step === 0).slice(0, QUESTIONS)
}

const nothing = () => undefined

const sha256 = (/** @type {string} */ text) => createHash('sha256').update(text).digest('hex')

/** One installation: how long whoever stands at the desk waits. @type {(settings: Settings) => Promise<Result>} */
const ofInstallations = async (settings) => {
  const licenses = Math.max(...settings.licenses)
  const world = worldOf(settings, someInstallations(settings), licenses)
  const { catalog, name } = world
  const snapshots = world.fresh()
  const byId = new Map(snapshots.map((snapshot) => [snapshot.computer.id, snapshot]))
  const decisions = snapshots.flatMap(world.decide)
  const asked = someOf(decisions).flatMap(({ computer, installation }) => {
    const snapshot = byId.get(computer)
    return snapshot === undefined ? [] : [{ snapshot, installation }]
  })
  const unreconciled = someOf(decisions.filter(({ outcome }) => outcome === 'unreconciled')).flatMap(
    ({ computer, installation }) => {
      const snapshot = byId.get(computer)
      return snapshot === undefined ? [] : [{ snapshot, installation }]
    },
  )
  const explain = must(Allocation.explain(STRICT)(catalog))
  const would = must(Allocation.wouldAllocate(STRICT)(catalog))
  const measured = await contest(settings, name, [
    { name: 'explain: catalog', pieces: licenses, fresh: nothing, run: () => Allocation.explain(STRICT)(catalog) },
    {
      name: 'explain: question',
      pieces: asked.length,
      fresh: nothing,
      run: () => asked.map(({ snapshot, installation }) => explain(snapshot, installation)),
    },
    {
      name: 'would allocate: catalog',
      pieces: licenses,
      fresh: nothing,
      run: () => Allocation.wouldAllocate(STRICT)(catalog),
    },
    {
      name: 'would allocate: question',
      pieces: unreconciled.length,
      fresh: nothing,
      run: () => unreconciled.map(({ snapshot, installation }) => would(snapshot, installation)),
    },
  ])
  return {
    title: `Questions about installations, ${name}: ns a question, or a license`,
    notes: ['The catalog is read once, for any number of questions.', 'Sets of up to two remedies.'],
    rows: measured.rows,
    ratios: [],
    figures: [
      ...measured.figure('explain', 'explain: question', 'ms a question', 1e-6),
      ...measured.figure('wouldAllocate', 'would allocate: question', 'ms a question', 1e-6),
    ],
  }
}

/** The records themselves, in two sizes. @type {(settings: Settings) => Promise<Result>} */
const ofRecords = async (settings) => {
  const largest = Math.max(...settings.licenses)
  const sizes = [largest / 10, largest]
  const worlds = sizes.map((licenses) => worldOf(settings, 2_000, licenses))
  const measured = await contest(
    settings,
    'records',
    worlds.map(({ catalog }, place) => ({
      name: `analyze ${whole(sizes[place] ?? NaN)} licenses`,
      pieces: sizes[place] ?? NaN,
      fresh: nothing,
      run: () => Allocation.analyze(STRICT)(catalog),
    })),
  )
  const [few = '', many = ''] = measured.rows.map(({ name }) => name)
  return {
    title: 'Analyzing catalogs: ns a license',
    notes: [],
    rows: measured.rows,
    ratios: measured.ratio('analysisGrowth', many, few),
    figures: measured.figure('analyze', many, 'µs a license', 1e-3),
  }
}

/** A whole estate, beside its run. @type {(settings: Settings) => Promise<Result>} */
const ofRuns = async (settings) => {
  const world = worldOf(settings, someInstallations(settings), Math.min(...settings.licenses), { limited: 0.5 })
  const { catalog, name } = world
  const snapshots = world.fresh()
  /** @type {import('seatwise').Allocation.Given} */
  const given = { catalog, snapshots, policy: { ...STRICT, capacity: 'enforced' } }
  const run = () => must(Allocation.run(given))
  const outcome = run()
  const fewer = { ...given, catalog: { ...catalog, licenses: catalog.licenses.slice(100) } }
  const [before, after] = [Allocation.settled([])(outcome), Allocation.settled([])(must(Allocation.run(fewer)))]
  const ask = must(Allocation.whatIf(given))
  const edits = must(Allocation.Edit.decodeAll([{ kind: 'retire-license', license: catalog.licenses[0]?.id }]))
  const would = must(Allocation.wouldAllocateInRun(given))
  const full = someOf(outcome.decisions.filter((each) => each.outcome === 'unreconciled')).slice(0, 10)
  const certificate = must(Certificate.certifyRun(sha256)(given)(outcome))
  const pieces = world.installations
  const measured = await contest(settings, name, [
    { name: 'run', pieces, fresh: nothing, run },
    { name: 'diff', pieces, fresh: nothing, run: () => Allocation.diff(before, after) },
    { name: 'reevaluate', pieces, fresh: nothing, run: () => Allocation.reevaluate(given, outcome.decisions) },
    { name: 'what if: read', pieces, fresh: nothing, run: () => Allocation.whatIf(given) },
    { name: 'what if: question', pieces, fresh: nothing, run: () => ask(edits) },
    { name: 'regret', pieces, fresh: nothing, run: () => Allocation.regret(given) },
    {
      name: 'would allocate: question',
      pieces: full.length,
      fresh: nothing,
      run: () => full.map(({ computer, installation }) => would(computer, installation, { bound: 1 })),
    },
    { name: 'certify', pieces, fresh: nothing, run: () => Certificate.certifyRun(sha256)(given)(outcome) },
    { name: 'verify', pieces, fresh: nothing, run: () => Certificate.verifyRun(sha256)(given)(certificate) },
  ])
  return {
    title: `Questions about ${name}, capacity enforced: ns an installation`,
    notes: ['A hundred licenses are missing after; one is retired in the question.'],
    rows: measured.rows,
    ratios: ['diff', 'reevaluate', 'what if: question', 'regret', 'certify', 'verify'].flatMap((of) =>
      measured.ratio(`${of.replace(/[ :]+\w+$/u, '').replace(' i', 'I')}OverRun`, of, 'run'),
    ),
    figures: measured.figure('wouldAllocateInRun', 'would allocate: question', 'ms a question', 1e-6),
  }
}

/** An estate of devices, beside its plan. @type {(settings: Settings) => Promise<Result>} */
const ofPlans = async (settings) => {
  const count = settings.quick ? 10_000 : 50_000
  const estate = estateOf(count)
  const planned = must(Deployment.plan(estate, NOW))
  const explain = must(Deployment.explain(estate, NOW))
  const would = must(Deployment.wouldServe(estate, NOW))
  const asked = someOf(planned.decisions)
  const refused = someOf(planned.decisions.filter(({ action }) => action === 'none')).slice(0, 3)
  const ask = must(Deployment.whatIf(estate, NOW))
  const edits = must(Deployment.Edit.decodeAll([{ kind: 'remove-pack', pack: 'P-0' }]))
  const pieces = planned.decisions.length
  const measured = await contest(settings, `${whole(count)} devices`, [
    { name: 'plan', pieces, fresh: nothing, run: () => Deployment.plan(estate, NOW) },
    { name: 'analyze', pieces, fresh: nothing, run: () => Deployment.analyze({ now: NOW })(estate) },
    { name: 'what if: question', pieces, fresh: nothing, run: () => ask(edits) },
    {
      name: 'explain: question',
      pieces: asked.length,
      fresh: nothing,
      run: () => asked.map(({ device, ...type }) => explain(device, type)),
    },
    {
      name: 'would serve: question',
      pieces: refused.length,
      fresh: nothing,
      run: () => refused.map(({ device, ...type }) => would(device, type, { bound: 1 })),
    },
  ])
  return {
    title: `Questions about ${whole(count)} devices, 200 packs: ns a decision, or a question`,
    notes: [],
    rows: measured.rows,
    ratios: [
      ...measured.ratio('analyzeOverPlan', 'analyze', 'plan'),
      ...measured.ratio('whatIfOverPlan', 'what if: question', 'plan'),
    ],
    figures: [
      ...measured.figure('explainDevice', 'explain: question', 'ms a question', 1e-6),
      ...measured.figure('wouldServe', 'would serve: question', 'ms a question', 1e-6),
    ],
  }
}

/** @type {(settings: Settings) => Promise<ReadonlyArray<Result>>} */
export const answers = async (settings) => [
  await ofInstallations(settings),
  await ofRecords(settings),
  await ofRuns(settings),
  await ofPlans(settings),
]
