/**
 * Which remedies a decision needs one of: those for the gate that turned the device down (gates.ts, packGates.ts, bundled.ts).
 */
import type { DeploymentDecision } from '../../record/DeploymentDecision.js'
import type { Remedy } from './remedy.js'
import type { Remedies } from './space.js'

/**
 * The remedies that a decision needs one of. Up to the exits (gates 4 and 5) nothing but the gate that was not passed can be
 * made way for; from there on a bundled license or a renewed pack leads out as well.
 */
export const neededBy = (
  remedies: Remedies,
  { reason }: DeploymentDecision,
  base: () => ReadonlyArray<Remedy>,
): ReadonlyArray<Remedy> => {
  if (reason === undefined) return []
  switch (reason) {
    case 'automatic-deployment-disabled':
      return [...remedies.automatic, ...remedies.bundled]
    case 'in-recycle-bin':
      return remedies.restore
    case 'no-unit-id':
      return remedies.unitId
    case 'os-not-eligible':
      return [...remedies.os, ...remedies.bundled.filter(({ kind }) => kind === 'update-os')]
    case 'request-open':
      return remedies.request
    case 'base-license-present':
      return remedies.otherBase
    case 'base-license-missing':
      // Where the device is moved or updated for the add-on, its base may come of that, too.
      return [...base(), ...[...remedies.os, ...remedies.packs].filter((remedy) => !('pack' in remedy))]
    case 'license-server-unreachable':
      return remedies.server
    case 'type-not-supported':
      return []
    case 'feature-not-available':
      return [...remedies.ums, ...remedies.bundled, ...remedies.packs]
    case 'no-pack':
      return remedies.bundled
    case 'already-licensed':
    case 'exchange-disabled':
    case 'perpetual':
    case 'not-due':
    case 'no-later-pack':
    case 'evaluation-not-supported':
    case 'pack-retired':
    case 'token-invalid':
    case 'pack-not-assigned':
    case 'pack-deactivated':
    case 'pack-not-started':
    case 'pack-expired':
    case 'global-conditions-not-met':
    case 'conditions-not-met':
    case 'no-free-license':
      return [...remedies.exchange, ...remedies.bundled, ...remedies.packs]
  }
}
