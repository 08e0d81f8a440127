/**
 * Serial numbers and installation keys that several licenses have, and those that are none (ALLOC-19 to 22).
 */
import type { SoftwareLicense } from '../../record/SoftwareLicense.js'
import { append } from '../../value/Lists.js'
import * as Text from '../../value/Text.js'
import type { Ledger } from './ledger.js'
import { finding, namesOf, type Finding, type FindingCode } from './finding.js'
import { suspicionOf } from './placeholders.js'

type Field = 'serialNumber' | 'installationKey'

const codes: {
  readonly [K in Field]: {
    readonly shared: Extract<FindingCode, `shared-${string}`>
    readonly across: Extract<FindingCode, `${string}-across-software`>
    readonly placeholder: Extract<FindingCode, `placeholder-${string}`>
    readonly masked: Extract<FindingCode, `masked-${string}`>
  }
} = {
  serialNumber: {
    shared: 'shared-serial-number',
    across: 'serial-number-across-software',
    placeholder: 'placeholder-serial-number',
    masked: 'masked-serial-number',
  },
  installationKey: {
    shared: 'shared-installation-key',
    across: 'installation-key-across-software',
    placeholder: 'placeholder-installation-key',
    masked: 'masked-installation-key',
  },
}

const isTwice = (licenses: ReadonlyArray<SoftwareLicense>): boolean =>
  new Set(licenses.map(({ software }) => software)).size < licenses.length

const ofField = ({ live, form }: Ledger, field: Field): ReadonlyArray<Finding> => {
  const findings: Array<Finding> = []
  const holders = new Map<string, Array<SoftwareLicense>>()
  for (const license of live) {
    const key = license[field]
    if (key === undefined || Text.isBlank(key)) continue
    const suspicion = suspicionOf(key)
    if (suspicion === undefined) append(holders, form(key), license)
    else
      findings.push(
        finding(codes[field][suspicion.kind], namesOf('licenses', [license.id]), {
          license: license.id,
          like: suspicion.like,
        }),
      )
  }
  for (const [key, sharing] of holders) {
    if (sharing.length < 2) continue
    const licenses = sharing.map(({ id }) => id)
    findings.push(
      finding(codes[field][isTwice(sharing) ? 'shared' : 'across'], namesOf('licenses', licenses), {
        masked: Text.mask(key),
        licenses,
      }),
    )
  }
  return findings
}

export const ofKeys = (ledger: Ledger): ReadonlyArray<Finding> => [
  ...ofField(ledger, 'serialNumber'),
  ...ofField(ledger, 'installationKey'),
]
