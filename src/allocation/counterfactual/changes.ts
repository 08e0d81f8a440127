/**
 * What a remedy changes.
 */
import type { Remedy } from './remedy.js'

/** What a remedy changes. Two remedies of one thing are never made together. */
export const changedBy = (remedy: Remedy): string => {
  switch (remedy.kind) {
    case 'count-as-computer':
    case 'unretire-computer':
    case 'rename-computer':
      return remedy.kind
    case 'set-location':
    case 'clear-location':
      return 'location'
    case 'set-organization':
    case 'clear-organization':
      return 'organization'
    case 'set-owner':
    case 'clear-owner':
      return 'owner'
    case 'copy-key-to-installation':
    case 'clear-installation-key':
      return remedy.key
    case 'track-product':
    case 'untrack-product':
      return JSON.stringify(['product', remedy.software])
    case 'unretire-software':
      return JSON.stringify(['software', remedy.software])
    case 'mark-as-main':
    case 'unmark-as-main':
      return JSON.stringify(['main', remedy.license])
    case 'include-subunits':
    case 'restrict-to-unit':
    case 'lift-restriction':
      return JSON.stringify([remedy.restriction, remedy.license])
    case 'copy-key-to-license':
    case 'clear-license-key':
      return JSON.stringify([remedy.key, remedy.license])
    case 'unretire-license':
    case 'retire-license':
      return JSON.stringify(['retired', remedy.license])
    case 'add-device':
    case 'remove-device':
      return JSON.stringify(['devices', remedy.license, remedy.device])
    case 'add-owner':
    case 'remove-owner':
      return JSON.stringify(['owners', remedy.license, remedy.owner])
    case 'add-entitlements':
    case 'count-installations':
    case 'extend-license':
      return JSON.stringify([remedy.kind, remedy.license])
  }
}
