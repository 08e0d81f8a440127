/**
 * Certificates: that given records, under a policy and a rule book, lead to given decisions, on every machine. The library
 * writes everything in one canonical form; the caller's own hash function makes certificates of it, and anybody who has the
 * records can verify them.
 *
 * Laws:
 *
 * 1. Irrelevance: the order of records, of what they list and of their fields changes nothing, nor does an exact duplicate
 * 2. Sensitivity: any other change of records, policy, day or results changes the certificate, and its part says where
 * 3. Agreement: verifying what a run or a plan was certified for finds no difference
 * 4. Whether the hash answers at once or with a promise, the certificate is the same
 *
 * @since 0.1.0
 */
export { certifyPlan, textsOfPlan, verifyPlan, type CertifiedPlan, type PlanResults } from './plan.js'
export { certifyRun, textsOfRun, verifyRun, type CertifiedRun, type RunResults } from './run.js'
export { Certificate, type Difference, type Digest, type Later, type Texts } from './seal.js'
export type { Written } from './forms.js'
