// @ts-check
/**
 * Why an allocation was released, as far as the records say.
 */

/**
 * @typedef {import('./findings.mjs').Run} Run
 * @typedef {import('./findings.mjs').Held} Held
 * @typedef {import('./findings.mjs').AuditSnapshot} AuditSnapshot
 */

/**
 * Does an allocation cover an installation of its computer?
 *
 * @param {Held} allocation
 * @param {{ readonly id: string, readonly product: string }} found
 */
export const covers = ({ product, installation }, found) =>
  found.product === product && (installation === undefined || installation === found.id)

/**
 * Does a snapshot show something that the allocation covers?
 *
 * @param {Held} allocation
 * @param {AuditSnapshot | undefined} snapshot
 */
export const isFound = (allocation, snapshot) =>
  (snapshot?.installations ?? []).some((found) => covers(allocation, found))

/**
 * Has a license no part any more, itself or with its tracked software?
 *
 * @param {Pick<Run, 'catalog'>} run
 */
export const retiredIn = ({ catalog }) => {
  const software = new Set(catalog.software.flatMap(({ id, retired }) => (retired === true ? [id] : [])))
  return (/** @type {Run['catalog']['licenses'][number]} */ license) =>
    license.retired === true || software.has(license.software)
}

/**
 * In few words: they stand beside a name.
 *
 * @param {Run} run
 */
export const causeOfRelease = (run) => {
  const snapshots = new Map(run.snapshots.map((snapshot) => [snapshot.computer.id, snapshot]))
  const licenses = new Map(run.catalog.licenses.map((license) => [license.id, license]))
  const isRetired = retiredIn(run)
  return (/** @type {Held} */ allocation) => {
    const license = licenses.get(allocation.license)
    if (!isFound(allocation, snapshots.get(allocation.computer))) return 'no longer installed'
    if (license === undefined) return 'license not in the catalog'
    if (license.retired === true) return 'license retired'
    return isRetired(license) ? 'software retired' : 'decided anew'
  }
}
