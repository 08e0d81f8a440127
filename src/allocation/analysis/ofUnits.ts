/**
 * Restrictions that nobody can meet, and those that are none: units that are unknown, ambiguous or blank, and lists of
 * blanks (ALLOC-36, 45, 46, 72).
 */
import { append } from '../../value/Lists.js'
import type { LicenseId } from '../../value/Id.js'
import * as Text from '../../value/Text.js'
import type { UnitKeys } from '../units.js'
import { finding, namesOf, type Finding } from './finding.js'
import { idsOf, type Ledger } from './ledger.js'

type Kind = 'organization' | 'location'

/** The licenses that refer to a unit, by the reference. */
const referring = ({ live }: Ledger, kind: Kind): ReadonlyMap<string, ReadonlyArray<LicenseId>> => {
  const found = new Map<string, Array<LicenseId>>()
  for (const { id, restrictions } of live) {
    const restriction = restrictions?.[kind]
    if (restriction !== undefined) append(found, restriction.unit, id)
  }
  return found
}

const ofKind = (ledger: Ledger, kind: Kind, { meaning }: UnitKeys): ReadonlyArray<Finding> => {
  const blank: Array<LicenseId> = []
  const findings: Array<Finding> = []
  for (const [reference, licenses] of referring(ledger, kind)) {
    const meant = meaning(reference)
    const records = namesOf('licenses', licenses)
    switch (meant._tag) {
      case 'Found':
        break
      case 'Blank':
        blank.push(...licenses)
        break
      case 'Unknown':
        findings.push(finding(`unknown-${kind}`, records, { reference, licenses }))
        break
      case 'Ambiguous': {
        const units = namesOf(`${kind}s`, meant.units)
        findings.push(finding(`ambiguous-${kind}`, [...records, ...units], { reference, licenses, units: meant.units }))
      }
    }
  }
  if (blank.length === 0) return findings
  const licenses = blank.sort(Text.compare)
  return [...findings, finding(`blank-${kind}`, namesOf('licenses', licenses), { licenses })]
}

/** Licenses with lists of devices or owners that hold nothing but blanks: that is no restriction. */
const ofDevices = ({ live }: Ledger): ReadonlyArray<Finding> =>
  idsOf(
    live.filter(({ restrictions }) => {
      const entries = [...(restrictions?.devices ?? []), ...(restrictions?.owners ?? [])]
      return entries.length > 0 && entries.every(Text.isBlank)
    }),
  ).map((license) => finding('blank-device-restriction', namesOf('licenses', [license]), { license }))

export const ofUnits = (ledger: Ledger): ReadonlyArray<Finding> => [
  ...ofKind(ledger, 'organization', ledger.prepared.organizations),
  ...ofKind(ledger, 'location', ledger.prepared.locations),
  ...ofDevices(ledger),
]
