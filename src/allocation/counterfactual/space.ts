/**
 * Which remedies are tried to have a license allocated: what the criteria and gates ask of the one side gives the values to try
 * on the other, so that there are few (criteria.ts, gates.ts).
 *
 * Completeness is told of this space:
 *
 * - of the snapshot: not hardware, not retired; as owner and name the first three that the license lists, as unit the one
 *   that it is restricted to and, where sub-units count, the first unit directly below that no license of the software is
 *   restricted to; its keys; and each of these fields cleared, but for the name
 * - of the tracked software of the license: un-retired, the product added; of the others: the product taken away
 * - of the license: not retired, not per user, lasting until the day asked about, main; the name and owner of the
 *   computer added; restricted to the unit of the snapshot, with sub-units, or not at all; the keys of the installation
 * - where any license will do, the remedies for each license, of which one set is for one license
 * - of every license that comes before it: retired, not main, a key cleared, the name or owner of the computer taken away
 */
import type { AuditSnapshot, Installation } from '../../record/AuditSnapshot.js'
import type { SoftwareLicense } from '../../record/SoftwareLicense.js'
import * as Text from '../../value/Text.js'
import type { Remedy } from './remedy.js'
import { equalTo, firstOf, isThere, KEYS, KINDS, unitOf, unitsFor, type Terms } from './values.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** The remedies of one question, by what they are good for. */
export interface Remedies {
  readonly unskip: ReadonlyArray<Remedy>
  /** The snapshot shows something that the license asks for. */
  readonly showing: ReadonlyArray<Remedy>
  /** The snapshot shows less, which can only make licenses match that come later. */
  readonly clearing: ReadonlyArray<Remedy>
  readonly software: ReadonlyArray<Remedy>
  readonly license: ReadonlyArray<Remedy>
}

// -------------------------------------------------------------------------------------
// remedies
// -------------------------------------------------------------------------------------

/** Something to be done, or nothing. */
const only = (holds: boolean, remedy: () => Remedy): ReadonlyArray<Remedy> => (holds ? [remedy()] : [])

const showing = (
  { mode, index }: Terms,
  { computer, owner, ...snapshot }: AuditSnapshot,
  installation: Installation,
  license: SoftwareLicense,
  all: ReadonlyArray<SoftwareLicense>,
): ReadonlyArray<Remedy> => {
  const form = Text.form(mode)
  const of = { computer: computer.id }
  const { devices, owners } = license.restrictions ?? {}
  return [
    ...KINDS.flatMap((kind) => {
      const units = index[`${kind}s`]
      const here = unitOf(units, snapshot[kind])
      return unitsFor(units, kind, license, all)
        .filter((unit) => unit !== here)
        .map((unit): Remedy => ({ kind: `set-${kind}`, ...of, unit }))
    }),
    ...firstOf(form, owners, owner).map((each): Remedy => ({ kind: 'set-owner', ...of, owner: each })),
    ...firstOf(form, devices, computer.name).map((name): Remedy => ({ kind: 'rename-computer', ...of, name })),
    ...KEYS.flatMap((key) =>
      only(isThere(license[key]), () => ({
        kind: 'copy-key-to-installation',
        ...of,
        installation: installation.id,
        license: license.id,
        key,
      })),
    ),
  ]
}

const clearing = (snapshot: AuditSnapshot, installation: Installation): ReadonlyArray<Remedy> => {
  const of = { computer: snapshot.computer.id }
  return [
    ...(['location', 'organization', 'owner'] as const).flatMap((field) =>
      only(isThere(snapshot[field]), () => ({ kind: `clear-${field}`, ...of })),
    ),
    ...KEYS.flatMap((key) =>
      only(isThere(installation[key]), () => ({
        kind: 'clear-installation-key',
        ...of,
        installation: installation.id,
        key,
      })),
    ),
  ]
}

const tracking = (
  { index }: Terms,
  { product }: Installation,
  { software }: SoftwareLicense,
): ReadonlyArray<Remedy> => {
  const own = index.software(software)
  return own === undefined
    ? []
    : [
        ...only(!own.products.includes(product), () => ({ kind: 'track-product', software, product })),
        ...only(own.retired === true, () => ({ kind: 'unretire-software', software })),
        ...index
          .holding(product)
          .flatMap(({ id, retired }) =>
            only(id !== software && retired !== true, () => ({ kind: 'untrack-product', software: id, product })),
          ),
      ]
}

const opening = (
  { mode, index, excludedAsOf }: Terms,
  snapshot: AuditSnapshot,
  installation: Installation,
  given: SoftwareLicense,
): ReadonlyArray<Remedy> => {
  const form = Text.form(mode)
  const { computer, owner } = snapshot
  const { id: license, restrictions, expires } = given
  const { devices = [], owners = [] } = restrictions ?? {}
  return [
    ...only(given.main !== true, () => ({ kind: 'mark-as-main', license })),
    ...only(isThere(computer.name) && equalTo(form, devices, computer.name).length === 0, () => ({
      kind: 'add-device',
      license,
      device: computer.name,
    })),
    ...(isThere(owner) && equalTo(form, owners, owner).length === 0
      ? [{ kind: 'add-owner', license, owner } as const]
      : []),
    ...KINDS.flatMap((restriction) => {
      const here = unitOf(index[`${restriction}s`], snapshot[restriction])
      const restricted = restrictions?.[restriction]
      return [
        ...only(restricted !== undefined && restricted.includeSubunits !== true, () => ({
          kind: 'include-subunits',
          license,
          restriction,
        })),
        ...(here === undefined ? [] : [{ kind: 'restrict-to-unit', license, restriction, unit: here } as const]),
        ...only(restricted !== undefined, () => ({ kind: 'lift-restriction', license, restriction })),
      ]
    }),
    ...only([...devices, ...owners].some(isThere), () => ({
      kind: 'lift-restriction',
      license,
      restriction: 'device',
    })),
    ...KEYS.flatMap((key) =>
      only(isThere(installation[key]), () => ({
        kind: 'copy-key-to-license',
        computer: computer.id,
        installation: installation.id,
        license,
        key,
      })),
    ),
    ...only(given.retired === true, () => ({ kind: 'unretire-license', license })),
    ...only(given.metric === 'user', () => ({ kind: 'count-installations', license })),
    ...(excludedAsOf !== undefined && expires !== undefined && expires < excludedAsOf
      ? [{ kind: 'extend-license', license, expires: excludedAsOf } as const]
      : []),
  ]
}

/** What gets a license out of the way. */
export const withdrawing = (
  { mode }: Terms,
  { computer, owner }: AuditSnapshot,
  { id: license, main, restrictions, ...given }: SoftwareLicense,
): ReadonlyArray<Remedy> => {
  const form = Text.form(mode)
  return [
    ...equalTo(form, restrictions?.devices, computer.name).map((device): Remedy => ({
      kind: 'remove-device',
      license,
      device,
    })),
    ...equalTo(form, restrictions?.owners, owner).map((each): Remedy => ({
      kind: 'remove-owner',
      license,
      owner: each,
    })),
    ...KEYS.flatMap((key) => only(isThere(given[key]), () => ({ kind: 'clear-license-key', license, key }))),
    ...only(main === true, () => ({ kind: 'unmark-as-main', license })),
    { kind: 'retire-license', license },
  ]
}

/** The remedies by which a license may come to be allocated, beside the licenses of the tracked software. */
export const remediesFor = (
  terms: Terms,
  snapshot: AuditSnapshot,
  installation: Installation,
  license: SoftwareLicense,
  beside: ReadonlyArray<SoftwareLicense>,
): Remedies => ({
  unskip: unskipping(snapshot),
  showing: showing(terms, snapshot, installation, license, beside),
  clearing: clearing(snapshot, installation),
  software: tracking(terms, installation, license),
  license: opening(terms, snapshot, installation, license),
})

export const allOf = ({ unskip, showing, clearing, software, license }: Remedies): ReadonlyArray<Remedy> => [
  ...unskip,
  ...showing,
  ...clearing,
  ...software,
  ...license,
]

const unskipping = ({ computer: { id: computer, kind, retired } }: AuditSnapshot): ReadonlyArray<Remedy> => [
  ...only(kind === 'hardware', () => ({ kind: 'count-as-computer', computer })),
  ...only(retired === true, () => ({ kind: 'unretire-computer', computer })),
]
