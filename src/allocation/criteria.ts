/**
 * The signs of the rules: what a license asks for and what an installation on a computer shows (allocation.md, *The
 * fifteen rules*). A criterion of the caller's own stands beside these as their equal.
 *
 * @since 0.1.0
 */
import * as Condition from '../rule/Condition.js'
import * as Criterion from '../rule/Criterion.js'
import type { AuditSnapshot, Installation } from '../record/AuditSnapshot.js'
import type { SoftwareLicense, UnitRestriction } from '../record/SoftwareLicense.js'
import * as Text from '../value/Text.js'
import { quoted } from '../value/Wording.js'
import type { UnitKeys } from './units.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * What is decided about: an installation on the computer of a snapshot.
 *
 * @since 0.1.0
 */
export interface Subject {
  readonly snapshot: AuditSnapshot
  readonly installation: Installation
}

/**
 * A criterion between an installation on a computer and a license.
 *
 * @since 0.1.0
 */
export type LicenseCriterion = Criterion.Criterion<Subject, SoftwareLicense>

/**
 * The criteria of the fifteen rules. `device` is the Device restriction, which a computer meets by its name or by its
 * owner; `device`, `organization` and `location` are those that can be violated (ALLOC-82).
 *
 * @since 0.1.0
 */
export interface Criteria {
  /** SN: the serial numbers are equal (ALLOC-20, 22). */
  readonly serialNumber: LicenseCriterion
  /** IK: the installation keys are equal (ALLOC-21, 22). */
  readonly installationKey: LicenseCriterion
  /** DN: the computer's name is one of the license's devices (ALLOC-26). */
  readonly deviceName: LicenseCriterion
  /** DO: the snapshot's owner is one of the license's owners (ALLOC-26). */
  readonly deviceOwner: LicenseCriterion
  /** The Device restriction: DN or DO (ALLOC-33, 82). */
  readonly device: LicenseCriterion
  /** ORG: the snapshot's organization is the restriction's, or below it where that includes sub-units (ALLOC-39, 40). */
  readonly organization: LicenseCriterion
  /** LOC: likewise of locations. */
  readonly location: LicenseCriterion
  /** The license is a main license (ALLOC-48). */
  readonly main: Condition.When<SoftwareLicense>
  /** It is the only main candidate of its tracked software (ALLOC-80). */
  readonly onlyMain: Condition.When<SoftwareLicense>
}

/**
 * What the criteria are made of: how texts are compared, the units of either kind, and which license is the only main one.
 *
 * @since 0.1.0
 */
export interface Terms {
  readonly mode: Text.TextMode
  readonly organizations: UnitKeys
  readonly locations: UnitKeys
  readonly isOnlyMain: (license: SoftwareLicense) => boolean
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const ofComputer = Criterion.contramap(({ snapshot }: Subject) => snapshot)

const LISTED = 3

/** The entries of a list that ask for anything: a blank one is none (ALLOC-36), and twice the same is once. */
const entriesOf = (texts: ReadonlyArray<string>): ReadonlyArray<string> => [
  ...new Set(texts.filter((text) => !Text.isBlank(text))),
]

/** A few of the entries, in an order of their own: that of the list means nothing (ALLOC-68). */
const listed = (texts: ReadonlyArray<string>): string => {
  const entries = [...entriesOf(texts)].sort()
  const some = entries.slice(0, LISTED).map(quoted).join(', ')
  return entries.length <= LISTED ? some : `${some} and ${String(entries.length - LISTED)} more`
}

const NO_TEXTS: ReadonlyArray<string> = []

const toldKey = (key: string | undefined): string => (key === undefined || Text.isBlank(key) ? 'none' : Text.mask(key))

/** A key that is equal on both sides; a blank one equals nothing, not even another blank (ALLOC-22). */
const equalKey = (
  name: string,
  mode: Text.TextMode,
  ofLicense: (license: SoftwareLicense) => string | undefined,
  text: (subject: Subject) => string | undefined,
): LicenseCriterion =>
  Criterion.equal<Subject, SoftwareLicense>({
    name,
    mode,
    texts: (license) => {
      const key = ofLicense(license)
      return key === undefined ? NO_TEXTS : [key]
    },
    text,
    asked: (license) => toldKey(ofLicense(license)),
    told: (subject) => toldKey(text(subject)),
  })

/**
 * The Device restriction and its two halves: a name entry and an owner entry are alternatives (ALLOC-26). A list of blanks
 * only is no restriction (ALLOC-36).
 */
const devices = (mode: Text.TextMode): Pick<Criteria, 'device' | 'deviceName' | 'deviceOwner'> => {
  const names = ({ restrictions }: SoftwareLicense) => restrictions?.devices ?? NO_TEXTS
  const owners = ({ restrictions }: SoftwareLicense) => restrictions?.owners ?? NO_TEXTS
  const toldName = ({ computer }: AuditSnapshot) => quoted(computer.name)
  const toldOwner = ({ owner }: AuditSnapshot) => (owner === undefined ? 'none' : quoted(owner))

  const deviceName = ofComputer(
    Criterion.equal<AuditSnapshot, SoftwareLicense>({
      name: 'device name',
      mode,
      texts: names,
      text: ({ computer }) => computer.name,
      asked: (license) => listed(names(license)),
      told: toldName,
    }),
  )
  const deviceOwner = ofComputer(
    Criterion.equal<AuditSnapshot, SoftwareLicense>({
      name: 'device owner',
      mode,
      texts: owners,
      text: ({ owner }) => owner,
      asked: (license) => listed(owners(license)),
      told: toldOwner,
    }),
  )
  const device = Criterion.either(
    {
      name: 'device',
      asked: (license: SoftwareLicense) =>
        [
          ...(entriesOf(names(license)).length === 0 ? [] : [`device ${listed(names(license))}`]),
          ...(entriesOf(owners(license)).length === 0 ? [] : [`owner ${listed(owners(license))}`]),
        ].join(' or '),
      told: ({ snapshot }: Subject) => `device ${toldName(snapshot)}, owner ${toldOwner(snapshot)}`,
    },
    deviceName,
    deviceOwner,
  )
  return { deviceName, deviceOwner, device }
}

/** A restriction to a unit: the license has it, and the snapshot's unit is that unit, or below it (ALLOC-29, 39 to 41). */
const unit = (
  name: 'organization' | 'location',
  units: UnitKeys,
  reference: (snapshot: AuditSnapshot) => string | undefined,
): LicenseCriterion => {
  const restriction = ({ restrictions }: SoftwareLicense): UnitRestriction | undefined => restrictions?.[name]
  return ofComputer(
    Criterion.make<AuditSnapshot, SoftwareLicense>({
      name,
      requires: (license) => {
        const restricted = restriction(license)
        return restricted === undefined ? undefined : [units.required(restricted)]
      },
      shows: (snapshot) => units.shown(reference(snapshot)),
      text: reference,
      entails: units.entailed,
      asked: (license) => {
        const restricted = restriction(license)
        if (restricted === undefined) return 'nothing'
        return `${units.tell(restricted.unit)}${restricted.includeSubunits === true ? ' and below' : ''}`
      },
      told: (snapshot) => units.tell(reference(snapshot)),
    }),
  )
}

/**
 * The criteria of the fifteen rules, in the given terms.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E, function as F } from 'fp-ts'
 * import { Allocation } from 'seatwise'
 *
 * // They come to whoever writes a rule book of their own, here one that knows serial numbers only:
 * const allocate = Allocation.compile({ rules: ({ serialNumber }) => [Allocation.rule('serial', serialNumber)] })
 * assert.strictEqual(F.pipe({ software: [], licenses: [] }, allocate, E.isRight), true)
 *
 * @since 0.1.0
 */
export const criteria = ({ mode, organizations, locations, isOnlyMain }: Terms): Criteria => ({
  serialNumber: equalKey(
    'serial number',
    mode,
    ({ serialNumber }) => serialNumber,
    ({ installation }) => installation.serialNumber,
  ),
  installationKey: equalKey(
    'installation key',
    mode,
    ({ installationKey }) => installationKey,
    ({ installation }) => installation.installationKey,
  ),
  ...devices(mode),
  organization: unit('organization', organizations, ({ organization }) => organization),
  location: unit('location', locations, ({ location }) => location),
  main: Condition.when('main license', ({ main }: SoftwareLicense) => main === true),
  onlyMain: Condition.when('only main license', isOnlyMain),
})

/**
 * The criteria that can be violated, in the order in which violations are told (ALLOC-82, 87).
 *
 * @since 0.1.0
 */
export const restricting = ({ device, organization, location }: Criteria): ReadonlyArray<LicenseCriterion> => [
  device,
  organization,
  location,
]
