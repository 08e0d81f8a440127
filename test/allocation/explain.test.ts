/**
 * Laws of explanations (src/allocation/explain.ts; G2): they are honest, complete and secret, and they do not depend on
 * the order of anything. What a candidate matches is worked out anew, from the signs of the model.
 */
import { either as E, function as F, option as O, readonlyArray as RA } from 'fp-ts'
import fc from 'fast-check'
import { Allocation, AuditSnapshot, Catalog } from 'seatwise'
import { expect, test } from 'vitest'
import { compareByName, form, isBlank, softwareOf, type Signs } from '../model/allocation.js'
import { casesOf, type CandidateCase, type Case } from '../generators/cases.js'
import { mapTexts, without, withPolicy } from '../generators/change.js'
import { decide, decode, explainAll } from '../generators/decide.js'
import { shuffleFields, shuffleLists } from '../generators/random.js'
import { RULES, world, worldAndLicense } from '../generators/target.js'
import type { World } from '../generators/world.js'

const explained = (given: World) => {
  const cases = new Map(casesOf(given, decide(given)).map((each) => [keyOf(each.decision), each]))
  return explainAll(given).map((explanation) => ({ explanation, found: cases.get(keyOf(explanation.decision)) }))
}

const keyOf = ({ computer, installation }: { readonly computer: string; readonly installation: string }): string =>
  JSON.stringify([computer, installation])

/** Every explanation of an installation that came to the rules, with what the model says of it. */
const onEveryCase = (holds: (explanation: Allocation.Explanation, found: Case, given: World) => void): void => {
  fc.assert(
    fc.property(world, (given) => {
      for (const { explanation, found } of explained(given)) if (found !== undefined) holds(explanation, found, given)
    }),
    { numRuns: 100 },
  )
}

test('law 1: the decision that is explained is the one that is made', () => {
  fc.assert(
    fc.property(world, (given) => {
      expect(explainAll(given).map(({ decision }) => decision)).toEqual(decide(given))
    }),
    { numRuns: 120 },
  )
})

// -------------------------------------------------------------------------------------
// law 2: completeness
// -------------------------------------------------------------------------------------

test('law 2: rules are tried in their order up to the one that decides, and the others are named as untried', () => {
  onEveryCase(({ trials, untried, decision }) => {
    const tried = trials.map(({ rule }) => rule)
    expect([...tried, ...untried]).toEqual(RULES)
    if (decision.rule === undefined) expect(untried).toEqual([])
    else expect(tried[tried.length - 1]).toBe(decision.rule)
  })
})

test('law 2: at each rule tried every candidate is listed, in name order, as matched or failed (G2)', () => {
  onEveryCase(({ trials }, { candidates }) => {
    const inOrder = [...candidates].sort((a, b) => compareByName(a.license, b.license))
    for (const { rule, candidates: attempts } of trials) {
      expect(attempts.map(({ license, name, failed }) => [license, name, failed === undefined])).toEqual(
        inOrder.map(({ license, matches }) => [license.id, license.name, matches.includes(rule)]),
      )
    }
  })
})

const VIOLATED = { device: 'device', organization: 'organization', location: 'location' } as const

/** Does a condition of a rule hold for a candidate, by its words in the table? */
const conditionHolds = (condition: string, { signs, violations }: CandidateCase, mains: number): boolean => {
  const words: Readonly<Record<string, (sign: Signs) => boolean>> = {
    'serial number': (sign) => sign.SN,
    'installation key': (sign) => sign.IK,
    'device name': (sign) => sign.DN,
    'device owner': (sign) => sign.DO,
    organization: (sign) => sign.ORG,
    location: (sign) => sign.LOC,
    'no device': (sign) => !sign.hasDevice,
    'main license': (sign) => sign.main,
    'only main license': () => mains === 1,
  }
  const restriction = Object.values(VIOLATED).find((name) => condition === `${name} not violated`)
  return restriction === undefined ? words[condition]!(signs) : !violations.includes(restriction)
}

test('law 2: a candidate that failed is told the first condition that it failed (G2)', () => {
  onEveryCase(({ trials }, { candidates }) => {
    const mains = candidates.filter(({ signs }) => signs.main).length
    const byId = new Map(candidates.map((each) => [each.license.id, each]))
    for (const { conditions, candidates: attempts } of trials)
      for (const { license, failed } of attempts) {
        const first = conditions.find((condition) => !conditionHolds(condition, byId.get(license)!, mains))
        if (failed === undefined) expect(first).toBeUndefined()
        else {
          const told = { 'not-absent': `no ${failed.criterion}`, violated: `${failed.criterion} not violated` }
          expect(failed.kind in told ? told[failed.kind as keyof typeof told] : failed.criterion).toBe(first)
        }
      }
  })
})

test('law 2: every other license of the tracked software is excluded, with the first reason and its clause', () => {
  onEveryCase(({ excluded, software }, { installation, candidates }, { catalog, policy, asOf = '' }) => {
    const holder = softwareOf(catalog, installation.product)!
    expect(software).toEqual({ id: holder.id, name: holder.name, retired: false })
    const candidateIds = candidates.map(({ license }) => license.id)
    const others = catalog.licenses
      .filter((license, n, all) => license.software === holder.id && all.findIndex(({ id }) => id === license.id) === n)
      .filter(({ id }) => !candidateIds.includes(id))
      .sort(compareByName)
    const reasonOf = (license: (typeof others)[number]) => {
      if (license.metric === 'user') return { reason: 'per-user', clause: 'ALLOC-4' }
      if (license.retired === true) return { reason: 'retired', clause: 'ALLOC-7' }
      expect([policy.expired, license.expires!.slice(0, 10) < asOf.slice(0, 10)]).toEqual(['excluded', true])
      return { reason: 'expired', clause: 'ALLOC-79' }
    }
    expect(excluded).toEqual(
      others.map((license) => ({ license: license.id, name: license.name, ...reasonOf(license) })),
    )
  })
})

test('a product whose tracked software is retired tells so, and that none of its licenses can be chosen (ALLOC-3, 7)', () => {
  const { right: catalog } = Catalog.decode({
    software: [{ id: 'visio', name: 'Visio', products: ['Visio 2024'], retired: true }],
    licenses: [
      { id: 'L-1', name: 'A', software: 'visio', main: true },
      { id: 'L-2', name: 'B', software: 'visio', metric: 'user' },
      { id: 'L-3', name: 'C', software: 'visio', retired: true },
    ],
  })
  const { right: snapshots } = AuditSnapshot.decodeAll([
    { computer: { id: 'pc-1', name: 'PC-1' }, installations: [{ id: 'i-1', product: 'Visio 2024' }] },
  ])
  const told = F.pipe(
    Allocation.explain()(catalog),
    E.map((explain) => snapshots.map((snapshot) => explain(snapshot, 'i-1'))),
    E.map(
      RA.map(
        O.map(({ decision, software, excluded }) => [
          decision.outcome,
          software?.retired,
          excluded.map((one) => one.reason),
        ]),
      ),
    ),
  )
  expect(told).toEqual(E.right([O.some(['untracked', true, ['retired-software', 'per-user', 'retired']])]))
})

test('the winner and the tied are told, with the key of the name order that put the winner first (ALLOC-17)', () => {
  onEveryCase(({ deciding, decision }, { candidates }) => {
    const licenseOf = (id: string) => candidates.find(({ license }) => license.id === id)!.license
    expect(deciding?.winner.license).toBe(decision.license)
    expect(deciding?.rule).toBe(decision.rule)
    expect(deciding?.tied.map(({ license }) => license) ?? []).toEqual(decision.tied ?? [])
    for (const { license, name, after } of deciding?.tied ?? []) {
      const winner = licenseOf(deciding!.winner.license)
      const isFolded = form(winner.name, 'case-insensitive') !== form(name, 'case-insensitive')
      expect(after).toBe(isFolded ? 'name' : winner.name === licenseOf(license).name ? 'id' : 'name as given')
    }
  })
})

test('the violations that are explained are those of the decision', () => {
  onEveryCase(({ violations, decision }) => {
    expect(violations.map(({ restriction }) => restriction)).toEqual(decision.violations ?? [])
    for (const { asked, told } of violations) expect([asked, told].some(isBlank)).toBe(false)
  })
})

test('the gates are told up to the first that was not passed; no rule is tried behind it (ALLOC-81)', () => {
  fc.assert(
    fc.property(world, (given) => {
      for (const { explanation, found } of explained(given)) {
        const { decision, steps, trials, untried } = explanation
        const refused = {
          hardware: ['hardware ALLOC-9 false'],
          'retired-computer': ['hardware ALLOC-9 true', 'retired computer ALLOC-8 false'],
        }
        const passed = ['hardware ALLOC-9 true', 'retired computer ALLOC-8 true']
        expect(steps.map(({ gate, clause, passed: isPassed }) => `${gate} ${clause} ${String(isPassed)}`)).toEqual(
          decision.reason === undefined
            ? [...passed, `tracked ALLOC-3 ${String(decision.outcome !== 'untracked')}`]
            : refused[decision.reason],
        )
        if (found === undefined) expect([trials, untried, explanation.deciding]).toEqual([[], [], undefined])
      }
    }),
    { numRuns: 120 },
  )
})

test('a snapshot without the installation has no explanation for it', () => {
  fc.assert(
    fc.property(world, (given) => {
      const { catalog, snapshots, options } = decode(given)
      const explain = Allocation.explain(options)(catalog)
      expect(E.isRight(explain)).toBe(true)
      if (E.isRight(explain))
        for (const snapshot of snapshots) expect(explain.right(snapshot, 'no installation')).toEqual(O.none)
    }),
    { numRuns: 50 },
  )
})

test('explanations do not depend on the order of any list (G6, ALLOC-68)', () => {
  fc.assert(
    fc.property(world, fc.nat(), (given, seed) => {
      const shuffled = explainAll(shuffleLists(seed)(given))
      expect(shuffled).toEqual(explainAll(given))
      expect(shuffled.map(Allocation.render)).toEqual(explainAll(given).map(Allocation.render))
    }),
    { numRuns: 120 },
  )
})

test('what a Device restriction asks for is told without its blank entries, each of the others once (ALLOC-36)', () => {
  const told = (devices: ReadonlyArray<string>, owners: ReadonlyArray<string>) => {
    const [explanation] = explainAll({
      catalog: {
        software: [{ id: 's', name: 'Software', products: ['p'] }],
        licenses: [{ id: 'l', name: 'License', software: 's', restrictions: { devices, owners } }],
      },
      snapshots: [{ computer: { id: 'c', name: 'PC' }, installations: [{ id: 'i', product: 'p' }] }],
      policy: {},
    })
    return ['2.4', '2.8', '3.2'].map((name) => {
      const { kind, asked } = explanation!.trials.find(({ rule }) => rule === name)!.candidates[0]!.failed!
      return [kind, asked]
    })
  }
  expect(told([' ', ''], ['Ann'])).toEqual([
    ['not-asked', ''],
    ['not-met', '`Ann`'],
    ['not-absent', 'owner `Ann`'],
  ])
  expect(told(['b', 'a', '\t', 'b', 'c', 'd', 'b'], [])).toEqual([
    ['not-met', '`a`, `b`, `c` and 1 more'],
    ['not-asked', ''],
    ['not-absent', 'device `a`, `b`, `c` and 1 more'],
  ])
})

// -------------------------------------------------------------------------------------
// irrelevance
// -------------------------------------------------------------------------------------

test('an explanation is told the same way twice, and is what a file holds of it (G6)', () => {
  fc.assert(
    fc.property(world, fc.nat(), (given, seed) => {
      const explanations = explainAll(given)
      expect(explainAll(shuffleFields(seed)(given))).toStrictEqual(explanations)
      expect(JSON.parse(JSON.stringify(explanations))).toStrictEqual(explanations)
    }),
    { numRuns: 60 },
  )
})

/** An explanation without what it says of one license, which is not the one that was chosen. Warnings are about all (ALLOC-83). */
const withoutLines = (explanation: Allocation.Explanation, gone: string) => {
  const others = <A extends { readonly license: string }>(lines: ReadonlyArray<A>) =>
    lines.filter(({ license }) => license !== gone)
  const { decision, deciding, excluded, trials, ...rest } = explanation
  const { tied = [], warnings: _, ...decided } = decision
  return {
    ...rest,
    decision: { ...decided, tied: tied.filter((license) => license !== gone) },
    deciding: deciding === undefined ? undefined : { ...deciding, tied: others(deciding.tied) },
    excluded: others(excluded),
    trials: trials.map((trial) => ({ ...trial, candidates: others(trial.candidates) })),
  }
}

const linesOf = ({ excluded, trials, deciding, decision: { tied = [] } }: Allocation.Explanation, gone: string) =>
  [
    ...[excluded, deciding?.tied ?? [], ...trials.map(({ candidates }) => candidates)]
      .flat()
      .map(({ license }) => license),
    ...tied,
  ].filter((license) => license === gone)

test('a license that is not chosen adds its own lines, and changes no other (G7)', () => {
  const added = { excluded: 0, failed: 0, tied: 0, elsewhere: 0 }
  fc.assert(
    fc.property(worldAndLicense, ({ given, license }) => {
      const before = explainAll(without(given, license))
      for (const [place, after] of explainAll(given).entries()) {
        if (after.decision.license === license.id) continue
        expect(withoutLines(after, license.id)).toEqual(withoutLines(before[place]!, license.id))
        expect(linesOf(before[place]!, license.id)).toEqual([])
        const isExcluded = after.excluded.some((each) => each.license === license.id)
        const isTied = (after.decision.tied ?? []).some((id) => id === license.id)
        const isTried = after.trials.some(({ candidates }) => candidates.some((each) => each.license === license.id))
        added[isExcluded ? 'excluded' : isTied ? 'tied' : isTried ? 'failed' : 'elsewhere'] += 1
        if (isExcluded) expect(isTied || isTried).toBe(false)
        // As a candidate it is at every rule that was tried.
        if (isTried) expect(linesOf(after, license.id)).toHaveLength(after.trials.length + (isTied ? 2 : 0))
      }
    }),
    { numRuns: 150, seed: 20_260_515 },
  )
  for (const times of Object.values(added)) expect(times).toBeGreaterThan(10)
})

// -------------------------------------------------------------------------------------
// law 3: secrecy
// -------------------------------------------------------------------------------------

/** Keys of letters that nothing else in a world is made of; what is shown of one is its last four, behind asterisks. */
const secret = fc.string({ unit: fc.constantFrom('Q', 'X', 'Z', '7'), minLength: 5, maxLength: 40 })
const secrets = fc.uniqueArray(secret, { minLength: 12, maxLength: 12 })

/** Five characters in a row of a secret: more than a mask lets through. */
const pieces = (text: string): ReadonlyArray<string> =>
  Array.from({ length: Math.max(0, text.length - 4) }, (_, start) => text.slice(start, start + 5).toLowerCase())

/** The world with its keys and serial numbers replaced by secrets; equal ones stay equal. */
const withSecrets = (given: World, all: ReadonlyArray<string>) => {
  const given71 = new Map<string, string>()
  const replaced = mapTexts(given, (text, kind) => {
    if ((kind !== 'serialNumber' && kind !== 'installationKey') || isBlank(text)) return text
    const key = form(text, 'case-insensitive')
    const known = given71.get(key) ?? all[given71.size % all.length]!
    given71.set(key, known)
    return known
  })
  return { replaced, used: [...given71.values()] }
}

test('law 3: no serial number and no installation key is shown unmasked, in data or in text', () => {
  fc.assert(
    fc.property(world, secrets, (given, all) => {
      const { replaced, used } = withSecrets(given, all)
      const explanations = explainAll(withPolicy(replaced, { text: 'case-insensitive' }))
      const shown = [JSON.stringify(explanations), ...explanations.map(Allocation.render)].join('\n').toLowerCase()
      for (const piece of used.flatMap(pieces)) expect(shown).not.toContain(piece)
    }),
    { numRuns: 120 },
  )
})

test('law 3: of a long key the last four characters are shown, of a short one nothing', () => {
  const keyed = (serialNumber: string): World => ({
    catalog: {
      software: [{ id: 's', name: 'Software', products: ['p'] }],
      licenses: [{ id: 'l', name: 'License', software: 's', serialNumber }],
    },
    snapshots: [
      {
        computer: { id: 'c', name: 'PC' },
        installations: [{ id: 'i', product: 'p', serialNumber: 'QX4T7-81KZM-22PWD' }],
      },
    ],
    policy: {},
  })
  const [trial] = explainAll(keyed('4711-0815'))[0]!.trials
  expect(trial?.candidates[0]?.failed).toMatchObject({ asked: '****', told: '****2PWD' })
})

test('a rendered explanation names the license, the computer and the rule', () => {
  onEveryCase((explanation, { decision, snapshot }) => {
    const text = Allocation.render(explanation)
    expect(text.split('\n')[0]).toContain(snapshot.computer.name.slice(0, 1))
    if (decision.rule !== undefined) expect(text).toContain(`rule ${decision.rule}`)
    else expect(text).toContain('unreconciled')
  })
})
