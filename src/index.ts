/**
 * seatwise decides who gets which software license, and says why.
 *
 * @since 0.1.0
 */
export * as Allocation from './allocation/index.js'
export * as Hierarchy from './hierarchy/Hierarchy.js'
export * as AllocationPolicy from './record/AllocationPolicy.js'
export * as AuditSnapshot from './record/AuditSnapshot.js'
export * as Catalog from './record/Catalog.js'
export * as Decision from './record/Decision.js'
export * as Rejection from './record/Rejection.js'
export * as SoftwareLicense from './record/SoftwareLicense.js'
export * as TrackedSoftware from './record/TrackedSoftware.js'
export * as Unit from './record/Unit.js'
export * as Compiled from './rule/Compiled.js'
export * as Condition from './rule/Condition.js'
export * as Criterion from './rule/Criterion.js'
export * as Gate from './rule/Gate.js'
export * as Ranking from './rule/Ranking.js'
export * as Reader from './rule/Reader.js'
export * as Reference from './rule/Reference.js'
export * as Rule from './rule/Rule.js'
export * as Count from './value/Count.js'
export * as Day from './value/Day.js'
export * as Id from './value/Id.js'
export * as Instant from './value/Instant.js'
export * as Text from './value/Text.js'
