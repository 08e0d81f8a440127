/**
 * Licenses that can never win, and those that only ever win by their names (ALLOC-12 to 17): proved by the keys that
 * licenses ask for, of no snapshot in particular (rule/Shadow.ts).
 */
import type { SoftwareLicense } from '../../record/SoftwareLicense.js'
import { prove, type Contest as Proof, type Verdict } from '../../rule/Shadow.js'
import type { LicenseId } from '../../value/Id.js'
import * as Text from '../../value/Text.js'
import { limitOf } from '../licenses.js'
import { isLive } from '../prepare.js'
import { finding, namesOf, type Contest, type Finding } from './finding.js'
import type { Ledger } from './ledger.js'

const contestsOf = (proofs: ReadonlyArray<Proof<SoftwareLicense, string>>): ReadonlyArray<Contest> =>
  proofs.map(({ rule, rivals }) => ({
    rule,
    rivals: rivals
      .map(({ candidate, rule: matched }) => ({ license: candidate.id, rule: matched }))
      .sort((a, b) => Text.compare(a.license, b.license)),
  }))

/** The license itself, then the others. */
const involved = (license: LicenseId, contests: ReadonlyArray<Contest>): ReadonlyArray<LicenseId> => [
  license,
  ...[...new Set(contests.flatMap(({ rivals }) => rivals.map((rival) => rival.license)))].sort(Text.compare),
]

const told = (verdict: Verdict<SoftwareLicense, string>): Finding => {
  const { id: license } = verdict.candidate
  if (verdict._tag === 'Barred')
    return finding('matches-no-rule', namesOf('licenses', [license]), { license, bars: verdict.bars })
  const contests = contestsOf(verdict.contests)
  return finding(
    verdict._tag === 'Shadowed' ? 'never-wins' : 'wins-only-by-name',
    namesOf('licenses', involved(license, contests)),
    { license, contests },
  )
}

/** Can the license never be full, so that nobody behind it gets its turn (ALLOC-73)? */
const isNeverFull = (license: SoftwareLicense): boolean => limitOf(license) === undefined

export const ofRules = ({ prepared, shelves, isEnforced }: Ledger): ReadonlyArray<Finding> => {
  const tracked = new Map(shelves.filter(isLive).map((shelf) => [shelf, shelf.candidates]))
  const isSure = isEnforced ? isNeverFull : () => true
  return Array.from(prove(prepared.reading.book, isSure)(tracked)).flatMap(([shelf, { verdicts, unasked }]) => [
    ...verdicts.map(told),
    ...(unasked === 0
      ? []
      : [
          finding('shelf-too-large', namesOf('software', [shelf.software.id]), {
            software: shelf.software.id,
            candidates: shelf.candidates.length,
            unasked,
          }),
        ]),
  ])
}
