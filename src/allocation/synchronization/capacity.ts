/**
 * Deciding the installations that wait for the rules. Where capacity is unlimited each is decided by itself (ALLOC-54).
 * Where licenses can be full it goes rule by rule, and at each rule installation by installation, so that a better rule
 * anywhere comes before a worse one (ALLOC-73, 74).
 *
 * @since 0.1.0
 */
import { O } from '../../prelude.js'
import type { Catalog } from '../../record/Catalog.js'
import type { Installation } from '../../record/AuditSnapshot.js'
import type { Decision } from '../../record/Decision.js'
import type { SoftwareLicense } from '../../record/SoftwareLicense.js'
import type { Match } from '../../rule/Reader.js'
import type { ComputerId, LicenseId } from '../../value/Id.js'
import type { Subject } from '../criteria.js'
import type { Scene } from '../decide.js'
import { allocated, unreconciled } from '../decisions.js'
import type { Desk, Desks } from '../desks.js'
import { limitOf, upgradesIn } from '../licenses.js'
import type { OpenLedger } from './seats.js'

/** An installation that the rules are to decide, and where its decision goes. */
export interface Pending<Name extends string> {
  readonly scene: Scene
  readonly installation: Installation
  readonly desk: Desk<Name>
  readonly decided: (decision: Decision<Name>) => void
}

const subjectOf = ({ scene, installation }: Pick<Pending<never>, 'scene' | 'installation'>): Subject => ({
  snapshot: scene.snapshot,
  installation,
})

/** A pending installation in its turn at the rule that it matched. A long match is found again, not kept. */
interface Turn<Name extends string> extends Pending<Name> {
  readonly order: number
  readonly subject: Subject
  readonly match: Match<SoftwareLicense, Name> | undefined
}

/** Matches of more licenses are not kept while an installation waits: as many may wait as there are licenses. */
const FEW = 8

// -------------------------------------------------------------------------------------
// limits
// -------------------------------------------------------------------------------------

/** The use of limited licenses, while seats are taken. */
export interface Limits {
  readonly isFull: (license: SoftwareLicense, computer: ComputerId) => boolean
  /** A seat was taken: it counts for the license, and against the one that this is a direct upgrade of. */
  readonly use: (license: SoftwareLicense) => void
}

/**
 * The limits of a catalog, for as many ledgers as there are. A license is full for a computer when the computer does not
 * use it yet, and as many computers as it has entitlements use it or a direct upgrade of it (ALLOC-73).
 */
export const limitsIn = (
  catalog: Catalog,
  licenses: ReadonlyMap<LicenseId, SoftwareLicense>,
): ((ledger: Pick<OpenLedger<string>, 'count' | 'has'>) => Limits) => {
  const upgrades = upgradesIn(catalog, licenses)
  const originals = new Map<LicenseId, LicenseId>()
  for (const [original, all] of upgrades) for (const { id } of all) originals.set(id, original)

  return (ledger) => {
    /** Of the licenses that were asked about: how many use an upgrade. */
    const usedByUpgrades = new Map<LicenseId, number>()
    const countUpgrades = (id: LicenseId): number => {
      const known = usedByUpgrades.get(id)
      if (known !== undefined) return known
      const count = (upgrades.get(id) ?? []).reduce((sum, upgrade) => sum + ledger.count(upgrade.id), 0)
      usedByUpgrades.set(id, count)
      return count
    }
    return {
      isFull: (license, computer) => {
        const limit = limitOf(license)
        if (limit === undefined || ledger.has(license.id, computer)) return false
        return ledger.count(license.id) + countUpgrades(license.id) >= limit
      },
      use: ({ id }) => {
        const original = originals.get(id)
        const known = original === undefined ? undefined : usedByUpgrades.get(original)
        if (original !== undefined && known !== undefined) usedByUpgrades.set(original, known + 1)
      },
    }
  }
}

// -------------------------------------------------------------------------------------
// deciding
// -------------------------------------------------------------------------------------

/** Decides installations of one computer, each by itself. Who takes a seat is written down, and stops nobody. */
export const decideAtOnce =
  <Name extends string>(desks: Desks<Name>, places: ReadonlyMap<Name, number>, ledger: OpenLedger<Name>) =>
  (pending: ReadonlyArray<Pending<Name>>): void => {
    desks.lineUp(pending.map(subjectOf))
    pending.forEach(({ scene, installation, desk, decided }, position) => {
      const grant = desks.grant(desk.place, position)
      if (grant === undefined) decided(unreconciled(scene, installation, desk.warnings))
      else {
        const { rule, license } = grant
        const place = places.get(rule) ?? 0
        ledger.take(license, { computer: scene.snapshot.computer.id, rule, place, installation: installation.id })
        decided(allocated(scene, installation, grant))
      }
    })
  }

/** Decides installations, given in their order, while seats last. The ledger knows who used what before, and goes on. */
export const decideByRule = <Name extends string>(
  desks: Desks<Name>,
  rules: number,
  { isFull, use }: Limits,
  ledger: OpenLedger<Name>,
  pending: ReadonlyArray<Pending<Name>>,
): void => {
  const turns: ReadonlyArray<Array<Turn<Name>>> = Array.from({ length: rules }, () => [])

  /** The installation gets its turn at the next rule that it matches, or is done. */
  const wait = (each: Pending<Name>, order: number, subject: Subject, from: number): void => {
    const match = each.desk.reader.match(subject, from)
    if (O.isNone(match)) each.decided(unreconciled(each.scene, each.installation, each.desk.warnings))
    else {
      const { scene, installation, desk, decided } = each
      const kept = match.value.matching.length > FEW ? undefined : match.value
      turns[match.value.place]?.push({ scene, installation, desk, decided, order, subject, match: kept })
    }
  }

  pending.forEach((each, order) => {
    wait(each, order, subjectOf(each), 0)
  })
  turns.forEach((atRule, place) => {
    for (const turn of atRule.sort((a, b) => a.order - b.order)) {
      const { scene, installation, desk, subject, order, decided } = turn
      const { id: computer } = scene.snapshot.computer
      const match = turn.match ?? O.toUndefined(desk.reader.match(subject, place))
      const [winner, ...tied] = (match?.matching ?? []).filter((license) => !isFull(license, computer))
      if (match === undefined || winner === undefined) wait(turn, order, subject, place + 1)
      else {
        if (ledger.take(winner.id, { computer, rule: match.rule, place, installation: installation.id })) use(winner)
        const violates = desk.reader.violates(winner, subject)
        const grant = desks.grantOf(desk.shelf, { rule: match.rule, winner, tied, violates })
        decided(allocated(scene, installation, grant))
      }
    }
  })
}
