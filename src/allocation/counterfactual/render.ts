/**
 * Remedies and answers as text, for a technician: a remedy is a sentence that tells them what to do. Names are printable; a
 * serial number or installation key is named by the record that it belongs to.
 *
 * @since 0.1.0
 */
import type { Catalog } from '../../record/Catalog.js'
import * as Day from '../../value/Day.js'
import * as Text from '../../value/Text.js'
import { quoted } from '../../value/Wording.js'
import type { Remedy, KeyName } from './remedy.js'
import type { AllocationAnswer, AllocationCounterfactual } from './answer.js'

const keyNames: { readonly [K in KeyName]: string } = {
  serialNumber: 'serial number',
  installationKey: 'installation key',
}

/** The name of a unit with its id; the id alone where no catalog is given or both are one. */
const unitText = (units: Catalog['organizations'], id: string): string => {
  const name = units?.find((unit) => unit.id === id)?.name
  if (name === undefined || name === id) return quoted(id)
  const isOnly = units?.filter((unit) => unit.name === name).length === 1
  return isOnly ? quoted(name) : `${quoted(name)} (${Text.preview(id)})`
}

/**
 * A remedy as a sentence that tells what to do. With the catalog, units have their names.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E } from 'fp-ts'
 * import { Allocation } from 'seatwise'
 *
 * const told = (remedy: unknown) => E.map((one: Allocation.Remedy) => Allocation.renderRemedy(one))(Allocation.Remedy.decode(remedy))
 * assert.deepStrictEqual(told({ kind: 'add-entitlements', license: 'L-7', count: 1 }), E.right('add 1 entitlement to `L-7`'))
 * assert.deepStrictEqual(
 *   told({ kind: 'clear-license-key', license: 'L-7', key: 'installationKey' }),
 *   E.right('clear the installation key of `L-7`'),
 * )
 *
 * @since 0.1.0
 */
export const renderRemedy = (remedy: Remedy, catalog?: Catalog): string => {
  switch (remedy.kind) {
    case 'count-as-computer':
      return `count ${quoted(remedy.computer)} as a computer, not as hardware`
    case 'unretire-computer':
      return `un-retire the computer ${quoted(remedy.computer)}`
    case 'set-location':
      return `set the location of ${quoted(remedy.computer)} to ${unitText(catalog?.locations, remedy.unit)}`
    case 'set-organization':
      return `set the organization of ${quoted(remedy.computer)} to ${unitText(catalog?.organizations, remedy.unit)}`
    case 'set-owner':
      return `set the owner of ${quoted(remedy.computer)} to ${quoted(remedy.owner)}`
    case 'rename-computer':
      return `rename ${quoted(remedy.computer)} to ${quoted(remedy.name)}`
    case 'copy-key-to-installation':
      return `give installation ${quoted(remedy.installation)} of ${quoted(remedy.computer)} the ${keyNames[remedy.key]} of ${quoted(remedy.license)}`
    case 'clear-location':
    case 'clear-organization':
    case 'clear-owner':
      return `clear the ${remedy.kind.slice('clear-'.length)} of ${quoted(remedy.computer)}`
    case 'clear-installation-key':
      return `clear the ${keyNames[remedy.key]} of installation ${quoted(remedy.installation)} of ${quoted(remedy.computer)}`
    case 'track-product':
      return `add ${quoted(remedy.product)} to the tracked software ${quoted(remedy.software)}`
    case 'unretire-software':
      return `un-retire the tracked software ${quoted(remedy.software)}`
    case 'untrack-product':
      return `remove ${quoted(remedy.product)} from the tracked software ${quoted(remedy.software)}`
    case 'add-entitlements':
      return `add ${String(remedy.count)} ${remedy.count === 1 ? 'entitlement' : 'entitlements'} to ${quoted(remedy.license)}`
    case 'mark-as-main':
      return `make ${quoted(remedy.license)} a main license`
    case 'add-device':
      return `add ${quoted(remedy.device)} to the devices of ${quoted(remedy.license)}`
    case 'add-owner':
      return `add ${quoted(remedy.owner)} to the owners of ${quoted(remedy.license)}`
    case 'include-subunits':
      return `include sub-units in the ${remedy.restriction} of ${quoted(remedy.license)}`
    case 'restrict-to-unit':
      return `restrict ${quoted(remedy.license)} to the ${remedy.restriction} ${unitText(catalog?.[`${remedy.restriction}s`], remedy.unit)}`
    case 'copy-key-to-license':
      return `give ${quoted(remedy.license)} the ${keyNames[remedy.key]} of installation ${quoted(remedy.installation)} of ${quoted(remedy.computer)}`
    case 'unretire-license':
      return `un-retire the license ${quoted(remedy.license)}`
    case 'count-installations':
      return `set the metric of ${quoted(remedy.license)} to \`installation\``
    case 'extend-license':
      return `extend ${quoted(remedy.license)} to ${Day.show(remedy.expires)}`
    case 'lift-restriction':
      return `lift the ${remedy.restriction} restriction of ${quoted(remedy.license)}`
    case 'remove-device':
      return `remove ${quoted(remedy.device)} from the devices of ${quoted(remedy.license)}`
    case 'remove-owner':
      return `remove ${quoted(remedy.owner)} from the owners of ${quoted(remedy.license)}`
    case 'clear-license-key':
      return `clear the ${keyNames[remedy.key]} of ${quoted(remedy.license)}`
    case 'unmark-as-main':
      return `make ${quoted(remedy.license)} no main license`
    case 'retire-license':
      return `retire the license ${quoted(remedy.license)}`
  }
}

const outcomeText = ({ outcome, license, rule }: AllocationCounterfactual<string>['decision']): string =>
  license === undefined ? outcome : `${outcome} ${quoted(license)}${rule === undefined ? '' : ` by rule ${rule}`}`

const answerText =
  (catalog: Catalog | undefined) =>
  ({ remedies, decision }: AllocationAnswer<string>, place: number): string =>
    `  ${String(place + 1)}. ${remedies.map((remedy) => renderRemedy(remedy, catalog)).join(', and ')}: ${outcomeText(decision)}`

/** So many remedies together, where they are not enough. */
const noneOf = (bound: number): string =>
  bound === 1 ? 'No single remedy' : `No set of up to ${String(bound)} remedies`

/**
 * What would have to change, as text: what stands now, and the answers, each with the decision that follows.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E, function as F, option as O } from 'fp-ts'
 * import { Allocation, AuditSnapshot, Catalog } from 'seatwise'
 *
 * const { right: catalog } = Catalog.decode({
 *   software: [{ id: 'visio', name: 'Visio', products: ['Visio 2024'] }],
 *   licenses: [{ id: 'L-1', name: 'Visio', software: 'visio', main: true }],
 * })
 * const { right: snapshots } = AuditSnapshot.decodeAll([
 *   { computer: { id: 'pc-1', name: 'PC-1', retired: true }, installations: [{ id: 'i-1', product: 'Visio 2024' }] },
 * ])
 * const told = F.pipe(
 *   Allocation.wouldAllocate()(catalog),
 *   E.map((would) => snapshots.map((snapshot) => F.pipe(would(snapshot, 'i-1'), O.map(Allocation.renderCounterfactual)))),
 * )
 * assert.deepStrictEqual(told, E.right([O.some([
 *   '`Visio 2024` on `pc-1` (installation i-1) is skipped now.',
 *   'To have it allocated, this is enough:',
 *   '  1. un-retire the computer `pc-1`: allocated `L-1` by rule 4',
 * ].join('\n'))]))
 *
 * @since 0.1.0
 */
export const renderCounterfactual = (
  { computer, installation, license, bound, decision, answers }: AllocationCounterfactual<string>,
  catalog?: Catalog,
): string => {
  const place = `${quoted(decision.product)} on ${quoted(computer)} (installation ${Text.preview(installation)})`
  const now = `${place} is ${outcomeText(decision)} now.`
  const wish = license === undefined ? 'have it allocated' : `have it allocated ${quoted(license)}`
  const [first] = answers
  if (first === undefined) return `${now}\n${noneOf(bound)} would ${wish}.`
  if (first.remedies.length === 0) return `${now}\nNothing has to change.`
  const enough = answers.length === 1 ? 'this is enough' : 'any one of these is enough'
  return [now, `To ${wish}, ${enough}:`, ...answers.map(answerText(catalog))].join('\n')
}
