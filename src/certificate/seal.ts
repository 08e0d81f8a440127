/**
 * From texts to a certificate, by the caller's hash: its parts are hashed one by one, and the certificate is the hash of all
 * their hashes. Whether the hash answers at once or later is the caller's affair; nothing here waits.
 */
import { codec } from '../record/Codec.js'
import { text } from '../record/Scalar.js'
import { record, required } from '../record/Shape.js'
import { write } from '../value/CanonicalJson.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * A certificate: that by this rule book these records, under this policy, lead to these decisions and changes. Each part
 * is a hash; `certificate` is that of all the other fields.
 *
 * @since 0.1.0
 */
export interface Certificate {
  /** `seatwise/run/1` or `seatwise/plan/1`: what was decided, and how it is written. */
  readonly format: string
  readonly ruleBook: string
  readonly records: string
  readonly policy: string
  readonly decisions: string
  readonly changes: string
  readonly certificate: string
}

/**
 * The codec of a {@link Certificate}.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E } from 'fp-ts'
 * import { Certificate } from 'seatwise'
 *
 * const stored = { format: 'seatwise/run/1', ruleBook: '1.0', records: 'r', policy: 'p', decisions: 'd', changes: 'c', certificate: 'h' }
 * assert.deepStrictEqual(Certificate.Certificate.decode(stored), E.right(stored))
 *
 * @since 0.1.0
 */
export const Certificate = codec<Certificate, unknown>(
  'Certificate',
  record<Certificate>({
    format: required(text()),
    ruleBook: required(text()),
    records: required(text()),
    policy: required(text()),
    decisions: required(text()),
    changes: required(text()),
    certificate: required(text()),
  }),
)

/**
 * What is hashed: the name of the format, the rule book, and the canonical JSON of the four parts. Two programs agree on a
 * certificate when they agree on these texts.
 *
 * @since 0.1.0
 */
export type Texts = Omit<Certificate, 'certificate'>

/**
 * A part of a certificate that is not what it says: what was certified, and what was found.
 *
 * @since 0.1.0
 */
export interface Difference {
  readonly part: keyof Certificate
  readonly certified: string
  readonly found: string
}

/**
 * What a hash function returns: a text, or the promise of one.
 *
 * @since 0.1.0
 */
export type Digest = string | Promise<string>

/**
 * What comes of hashes: at once where they are texts, later where they are promised.
 *
 * @since 0.1.0
 */
export type Later<D extends Digest, A> = D extends string ? A : Promise<A>

// -------------------------------------------------------------------------------------
// sealing
// -------------------------------------------------------------------------------------

const isText = (digest: Digest): digest is string => typeof digest === 'string'

/** Goes on with hashes: at once where all of them are there. */
const whenThere = (digests: ReadonlyArray<Digest>, next: (hashes: ReadonlyArray<string>) => unknown): unknown =>
  digests.every(isText) ? next(digests) : Promise.all(digests.map((digest) => Promise.resolve(digest))).then(next)

/** Makes a certificate of texts, and goes on with it. */
const sealed = <D extends Digest, A>(
  hash: (text: string) => D,
  { format, ruleBook, records, policy, decisions, changes }: Texts,
  next: (certificate: Certificate) => A,
): Later<D, A> =>
  // INVARIANT: what comes of hashes that are there is there, and what comes of promised ones is promised.
  whenThere(
    [records, policy, decisions, changes].map(hash),
    ([ofRecords = '', ofPolicy = '', ofDecisions = '', ofChanges = '']) => {
      const parts = {
        format,
        ruleBook,
        records: ofRecords,
        policy: ofPolicy,
        decisions: ofDecisions,
        changes: ofChanges,
      }
      return whenThere([hash(write(parts))], ([certificate = '']) => next({ ...parts, certificate }))
    },
  ) as Later<D, A>

/** Makes a certificate of texts. */
export const seal =
  <D extends Digest>(hash: (text: string) => D) =>
  (texts: Texts): Later<D, Certificate> =>
    sealed(hash, texts, (certificate) => certificate)

// -------------------------------------------------------------------------------------
// comparing
// -------------------------------------------------------------------------------------

const PARTS = ['format', 'ruleBook', 'records', 'policy', 'decisions', 'changes', 'certificate'] as const

/** Seals texts anew, and tells what is different from a certificate. */
export const compare =
  <D extends Digest>(hash: (text: string) => D) =>
  (texts: Texts, certified: Certificate): Later<D, ReadonlyArray<Difference>> =>
    sealed(hash, texts, (found) =>
      PARTS.filter((part) => certified[part] !== found[part]).map((part) => ({
        part,
        certified: certified[part],
        found: found[part],
      })),
    )
