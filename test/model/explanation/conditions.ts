// The conditions of the fifteen rules, by their words: whether one holds for a license and an installation, how it fails,
// and how an explanation has to quote the two sides. Read off allocation.md, *The fifteen rules* and *Policy options*.
import { Text } from 'seatwise'
import type { WireLicense, WireSnapshot } from '../allocation.js'
import {
  exclusionOf,
  given,
  holderOf,
  isInUnit,
  isNothing,
  isSame,
  licensesFor,
  meaningOf,
  type Kind,
  type Records,
  type Subject,
} from './records.js'

// -------------------------------------------------------------------------------------
// quoting
// -------------------------------------------------------------------------------------

const NONE = 'none'

const quoted = (text: string): string => `\`${Text.preview(text)}\``

/** A key is never quoted but masked: of at least twelve characters the last four. */
const masked = (key: string | undefined): string => {
  if (isNothing(key)) return NONE
  const characters = key.trim()
  return characters.length < 12 ? '****' : `****${Text.printable(characters.slice(-4))}`
}

/** Three of the entries that are not blank (ALLOC-36), each once, and how many there are besides. */
const entries = (texts: ReadonlyArray<string>): string => {
  const all = [...new Set(texts.filter((text) => !isNothing(text)))].sort()
  const some = all.slice(0, 3).map(quoted).join(', ')
  return all.length > 3 ? `${some} and ${String(all.length - 3)} more` : some
}

const unitOf = (records: Records, kind: Kind, reference: string | undefined): string => {
  const meaning = meaningOf(records, kind, reference)
  if (meaning === 'blank') return NONE
  const [line, ...others] = meaning
  if (line === undefined) return `${quoted(reference!)} (no such unit)`
  if (others.length > 0) return `${quoted(reference!)} (ambiguous: ${String(meaning.length)} units)`
  const names = line.map(({ name }) => name)
  return quoted(names.slice(-4).join('/'))
}

// -------------------------------------------------------------------------------------
// criteria
// -------------------------------------------------------------------------------------

/** What a license asks for and what an installation on a computer shows, and how either is told. */
type Criterion = {
  readonly isAsked: (license: WireLicense) => boolean
  readonly isMet: (license: WireLicense, subject: Subject) => boolean
  readonly asked: (license: WireLicense) => string
  readonly told: (subject: Subject) => string
}

const devicesOf = ({ restrictions }: WireLicense): ReadonlyArray<string> => restrictions?.devices ?? []
const ownersOf = ({ restrictions }: WireLicense): ReadonlyArray<string> => restrictions?.owners ?? []
const isAnyGiven = (texts: ReadonlyArray<string>): boolean => texts.some((text) => !isNothing(text))
const toldName = ({ computer }: WireSnapshot): string => quoted(computer.name)
const toldOwner = ({ owner }: WireSnapshot): string => (isNothing(owner) ? NONE : quoted(owner))

const keyCriterion = (records: Records, field: 'serialNumber' | 'installationKey'): Criterion => ({
  isAsked: (license) => !isNothing(license[field]),
  isMet: (license, { installation }) => isSame(records, license[field], installation[field]),
  asked: (license) => masked(license[field]),
  told: ({ installation }) => masked(installation[field]),
})

const unitCriterion = (records: Records, kind: Kind): Criterion => ({
  isAsked: ({ restrictions }) => restrictions?.[kind] !== undefined,
  isMet: (license, { snapshot }) => isInUnit(records, kind, license, snapshot),
  asked: ({ restrictions }) => {
    const below = restrictions?.[kind]?.includeSubunits === true ? ' and below' : ''
    return `${unitOf(records, kind, restrictions?.[kind]?.unit)}${below}`
  },
  told: ({ snapshot }) => unitOf(records, kind, snapshot[kind]),
})

export const criterion = (records: Records, name: string): Criterion | undefined => {
  const deviceName: Criterion = {
    isAsked: (license) => isAnyGiven(devicesOf(license)),
    isMet: (license, { snapshot }) => devicesOf(license).some((each) => isSame(records, each, snapshot.computer.name)),
    asked: (license) => entries(devicesOf(license)),
    told: ({ snapshot }) => toldName(snapshot),
  }
  const deviceOwner: Criterion = {
    isAsked: (license) => isAnyGiven(ownersOf(license)),
    isMet: (license, { snapshot }) => ownersOf(license).some((each) => isSame(records, each, given(snapshot.owner))),
    asked: (license) => entries(ownersOf(license)),
    told: ({ snapshot }) => toldOwner(snapshot),
  }
  switch (name) {
    case 'serial number':
      return keyCriterion(records, 'serialNumber')
    case 'installation key':
      return keyCriterion(records, 'installationKey')
    case 'device name':
      return deviceName
    case 'device owner':
      return deviceOwner
    case 'device':
      return {
        isAsked: (license) => deviceName.isAsked(license) || deviceOwner.isAsked(license),
        isMet: (license, subject) => deviceName.isMet(license, subject) || deviceOwner.isMet(license, subject),
        asked: (license) =>
          [
            ...(deviceName.isAsked(license) ? [`device ${deviceName.asked(license)}`] : []),
            ...(deviceOwner.isAsked(license) ? [`owner ${deviceOwner.asked(license)}`] : []),
          ].join(' or '),
        told: ({ snapshot }) => `device ${toldName(snapshot)}, owner ${toldOwner(snapshot)}`,
      }
    case 'organization':
    case 'location':
      return unitCriterion(records, name)
    default:
      return undefined
  }
}

/** ALLOC-82, in the order of ALLOC-87. */
export const RESTRICTIONS = ['device', 'organization', 'location'] as const

export const isViolated = (records: Records, restriction: string, license: WireLicense, subject: Subject): boolean => {
  const named = criterion(records, restriction)
  return named !== undefined && named.isAsked(license) && !named.isMet(license, subject)
}

// -------------------------------------------------------------------------------------
// rules
// -------------------------------------------------------------------------------------

const WORDS: Readonly<Record<string, string>> = {
  ...{ SN: 'serial number', IK: 'installation key', DN: 'device name', DO: 'device owner' },
  ...{ ORG: 'organization', LOC: 'location', 'no-device': 'no device', main: 'main license' },
}

/** The fifteen rules by their signs, in the order of ALLOC-12. */
const RULES: ReadonlyArray<readonly [string, ReadonlyArray<string>]> = [
  ...['1.1 SN IK', '1.2 SN', '1.3 IK'],
  ...['2.1 DN ORG LOC', '2.2 DN ORG', '2.3 DN LOC', '2.4 DN'],
  ...['2.5 DO ORG LOC', '2.6 DO ORG', '2.7 DO LOC', '2.8 DO'],
  ...['3.1 no-device ORG LOC', '3.2 no-device ORG', '3.3 no-device LOC', '4 main'],
].map((row) => {
  const [rule, ...signs] = row.split(' ')
  return [rule!, signs.map((sign) => WORDS[sign]!)]
})

export const RULE_ORDER: ReadonlyArray<string> = RULES.map(([rule]) => rule)

const NOT_VIOLATED = ' not violated'

/** What a rule asks of a license under the policy (ALLOC-31, 69, 70, 80), in no order. */
export const conditionsOf = ({ policy = {} }: Records, rule: string): ReadonlyArray<string> => {
  const honored =
    rule === '4'
      ? policy.mainLicense === 'honor-restrictions'
      : rule.startsWith('1.')
        ? policy.keyMatches === 'honor-restrictions'
        : policy.restrictions === 'strict'
  return [
    ...(RULES.find(([name]) => name === rule)?.[1] ?? []),
    ...(honored ? RESTRICTIONS.map((restriction) => `${restriction}${NOT_VIOLATED}`) : []),
    ...(rule === '4' && policy.severalMains === 'none' ? ['only main license'] : []),
  ]
}

export type Failure = {
  readonly criterion: string
  readonly kind: string
  readonly asked: string
  readonly told: string
}

/** ALLOC-80: how many main licenses are candidates beside a license. */
const mainsBeside = (records: Records, { installation }: Subject): number => {
  const software = holderOf(records, installation.product)
  if (software === undefined) return 0
  const candidates = licensesFor(records, software.id).filter(
    (license) => exclusionOf(records, software, license) === undefined,
  )
  return candidates.filter(({ main }) => main === true).length
}

/** How a license fails a condition, and the two sides as the records have them; nothing where the condition holds. */
export const failureOf = (
  records: Records,
  condition: string,
  license: WireLicense,
  subject: Subject,
): Failure | undefined => {
  const fact = { criterion: condition, kind: 'not-so', asked: '', told: '' }
  if (condition === 'main license') return license.main === true ? undefined : fact
  if (condition === 'only main license') return mainsBeside(records, subject) === 1 ? undefined : fact
  const asksToPermit = condition.endsWith(NOT_VIOLATED)
  const name = asksToPermit ? condition.slice(0, -NOT_VIOLATED.length) : condition.replace(/^no /, '')
  const named = criterion(records, name)
  if (named === undefined) return { ...fact, kind: 'unknown condition' }
  const isAsked = named.isAsked(license)
  const sides = (kind: string): Failure => ({
    criterion: name,
    kind,
    asked: isAsked ? named.asked(license) : '',
    told: kind === 'not-absent' ? '' : named.told(subject),
  })
  if (asksToPermit) return isAsked && !named.isMet(license, subject) ? sides('violated') : undefined
  if (name !== condition) return isAsked ? sides('not-absent') : undefined
  return named.isMet(license, subject) ? undefined : sides(isAsked ? 'not-met' : 'not-asked')
}
