/**
 * Who is decided about, and who can be chosen: the gates before any rule is tried (ALLOC-81).
 *
 * @since 0.1.0
 */
import type { AuditSnapshot } from '../record/AuditSnapshot.js'
import type { Decision } from '../record/Decision.js'
import type { SoftwareLicense } from '../record/SoftwareLicense.js'
import type { TrackedSoftware } from '../record/TrackedSoftware.js'
import { gate } from '../rule/Gate.js'
import type { Ladder } from '../rule/Ladder.js'
import type { Day } from '../value/Day.js'

// -------------------------------------------------------------------------------------
// computers
// -------------------------------------------------------------------------------------

/**
 * The outcome of an installation that is set aside before any rule is tried.
 *
 * @since 0.1.0
 */
export type Aside = Pick<Decision, 'outcome' | 'reason'>

/**
 * Computers whose installations are skipped, whatever is installed (ALLOC-8, 9).
 *
 * @since 0.1.0
 */
export const computerGates: Ladder<AuditSnapshot, Aside> = [
  gate<AuditSnapshot, Aside>(
    'hardware',
    'ALLOC-9',
    { outcome: 'skipped', reason: 'hardware' },
    ({ computer }) => computer.kind === 'hardware',
  ),
  gate<AuditSnapshot, Aside>(
    'retired computer',
    'ALLOC-8',
    { outcome: 'skipped', reason: 'retired-computer' },
    ({ computer }) => computer.retired === true,
  ),
]

/**
 * The outcome of an installation whose product is in no tracked software that is not retired (ALLOC-3).
 *
 * @since 0.1.0
 */
export const UNTRACKED: Aside = { outcome: 'untracked' }

// -------------------------------------------------------------------------------------
// candidates
// -------------------------------------------------------------------------------------

/**
 * Why a license of the tracked software is no candidate.
 *
 * @since 0.1.0
 */
export type Exclusion = 'per-user' | 'retired' | 'retired-software' | 'expired'

/**
 * A license with its tracked software.
 *
 * @since 0.1.0
 */
export interface Candidacy {
  readonly license: SoftwareLicense
  readonly software: TrackedSoftware
}

/** `expired`: expiry plays no part (ALLOC-11), or a license is no candidate after its last valid day (ALLOC-79). */
const expiryGates = (excludedAsOf: Day | undefined): Ladder<Candidacy, Exclusion> =>
  excludedAsOf === undefined
    ? []
    : [
        gate<Candidacy, Exclusion>(
          'expired',
          'ALLOC-79',
          'expired',
          ({ license }) => license.expires !== undefined && license.expires < excludedAsOf,
        ),
      ]

/**
 * Licenses that are never candidates: per-user ones (ALLOC-4), retired ones and those of a retired tracked software
 * (ALLOC-7), and, from the day given on, those whose last valid day is before it (ALLOC-79).
 *
 * @since 0.1.0
 */
export const candidateGates = (excludedAsOf: Day | undefined): Ladder<Candidacy, Exclusion> => [
  gate<Candidacy, Exclusion>('metric', 'ALLOC-4', 'per-user', ({ license }) => license.metric === 'user'),
  gate<Candidacy, Exclusion>('retired', 'ALLOC-7', 'retired', ({ license }) => license.retired === true),
  gate<Candidacy, Exclusion>(
    'retired software',
    'ALLOC-7',
    'retired-software',
    ({ software }) => software.retired === true,
  ),
  ...expiryGates(excludedAsOf),
]
