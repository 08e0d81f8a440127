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
import type { ComputerId } from '../../value/Id.js'
import type { Subject } from '../criteria.js'
import type { Desk, Office, Scene } from '../decide.js'
import { limitOf, upgradesIn } from '../licenses.js'
import type { AllocationBook } from '../rules.js'
import type { OpenLedger } from './seats.js'

/** An installation that the rules are to decide, and where its decision goes. */
export interface Pending<Name extends string> {
  readonly scene: Scene
  readonly installation: Installation
  readonly desk: Desk<Name>
  readonly decided: (decision: Decision<Name>) => void
}

/** A pending installation in its turn at the rule that it matched. */
interface Turn<Name extends string> extends Pending<Name> {
  readonly order: number
  readonly subject: Subject
  readonly match: Match<SoftwareLicense, Name>
}

/**
 * Is a license full for a computer? It is when the computer does not use it yet, and as many computers as it has
 * entitlements use it or a direct upgrade of it (ALLOC-73).
 */
export const fullIn = (
  catalog: Catalog,
  ledger: Pick<OpenLedger<string>, 'count' | 'has'>,
): ((license: SoftwareLicense, computer: ComputerId) => boolean) => {
  const upgrades = upgradesIn(catalog)
  return (license, computer) => {
    const limit = limitOf(license)
    if (limit === undefined || ledger.has(license.id, computer)) return false
    const used = (upgrades.get(license.id) ?? []).reduce(
      (sum, upgrade) => sum + ledger.count(upgrade.id),
      ledger.count(license.id),
    )
    return used >= limit
  }
}

/** Decides each installation by itself. Who takes a seat is written down, and stops nobody. */
export const decideAtOnce = <Name extends string>(
  office: Office<Name>,
  book: AllocationBook<Name>,
  ledger: OpenLedger<Name>,
  pending: ReadonlyArray<Pending<Name>>,
): void => {
  const places = new Map(book.map(({ name }, place) => [name, place]))
  for (const { scene, installation, desk, decided } of pending) {
    const choice = desk.reader.decide({ snapshot: scene.snapshot, installation })
    if (O.isNone(choice)) decided(office.unreconciled(scene, installation, desk.shelf))
    else {
      const { rule, winner } = choice.value
      const place = places.get(rule) ?? 0
      ledger.take(winner.id, { computer: scene.snapshot.computer.id, rule, place, installation: installation.id })
      decided(office.allocated(scene, installation, desk.shelf, choice.value))
    }
  }
}

/** Decides installations, given in their order, while seats last. The ledger knows who used what before, and goes on. */
export const decideByRule = <Name extends string>(
  office: Office<Name>,
  rules: number,
  isFull: (license: SoftwareLicense, computer: ComputerId) => boolean,
  ledger: OpenLedger<Name>,
  pending: ReadonlyArray<Pending<Name>>,
): void => {
  const turns: ReadonlyArray<Array<Turn<Name>>> = Array.from({ length: rules }, () => [])

  /** The installation gets its turn at the next rule that it matches, or is done. */
  const wait = (each: Pending<Name>, order: number, subject: Subject, from: number): void => {
    const match = each.desk.reader.match(subject, from)
    if (O.isNone(match)) each.decided(office.unreconciled(each.scene, each.installation, each.desk.shelf))
    else turns[match.value.place]?.push({ ...each, order, subject, match: match.value })
  }

  pending.forEach((each, order) => {
    wait(each, order, { snapshot: each.scene.snapshot, installation: each.installation }, 0)
  })
  turns.forEach((atRule, place) => {
    for (const turn of atRule.sort((a, b) => a.order - b.order)) {
      const { scene, installation, desk, subject, match, order, decided } = turn
      const { id: computer } = scene.snapshot.computer
      const [winner, ...tied] = match.matching.filter((license) => !isFull(license, computer))
      if (winner === undefined) wait(turn, order, subject, place + 1)
      else {
        ledger.take(winner.id, { computer, rule: match.rule, place, installation: installation.id })
        const violates = desk.reader.violates(winner, subject)
        decided(office.allocated(scene, installation, desk.shelf, { rule: match.rule, winner, tied, violates }))
      }
    }
  })
}
