import assert from 'node:assert'
import { either as E, option as O } from 'fp-ts'
import * as t from 'io-ts'
import { Allocation, AuditSnapshot, Catalog, Day, Deployment, Estate, Instant } from 'seatwise'
import { compile } from 'seatwise/allocation'
import { plan } from 'seatwise/deployment'

// It decides.
const { left: rejections, right: catalog } = Catalog.decode({
  software: [{ id: 'visio', name: 'Visio', products: ['Visio 2024'] }],
  licenses: [{ id: 'L-1', name: 'Visio', software: 'visio', serialNumber: 'A-1' }],
})
const { right: snapshots } = AuditSnapshot.decodeAll([
  {
    computer: { id: 'pc-1', name: 'PC-1' },
    installations: [{ id: 'i-1', product: 'Visio 2024', serialNumber: 'a-1' }],
  },
])
const allocate = Allocation.compile({ restrictions: 'strict' })(catalog)
assert.deepStrictEqual(rejections, [])
assert.ok(E.isRight(allocate))
assert.deepStrictEqual(snapshots.flatMap(allocate.right), [
  { computer: 'pc-1', installation: 'i-1', product: 'Visio 2024', outcome: 'allocated', license: 'L-1', rule: '1.2' },
])

// It plans.
const estate = Estate.decode({
  settings: { umsVersion: '12.10.100', umsId: 'ums-1', automaticDeployment: true },
  packs: [
    {
      id: 'P-1',
      licenseType: 'workspace-edition',
      total: 5,
      allocated: 0,
      registered: '2026-02-01',
      umsIds: ['ums-1'],
    },
  ],
  devices: [{ id: 'd-1', unitId: '00E0C5000001', osVersion: '12.5.0', registered: '2026-03-10T08:00:00Z' }],
})
const now = Instant.parse('2026-03-10T12:00:00Z')
assert.ok(E.isRight(estate) && O.isSome(now))
const planned = plan(estate.right.right, now.value)
assert.ok(E.isRight(planned))
assert.deepStrictEqual(planned.right.decisions, [
  { device: 'd-1', licenseType: 'workspace-edition', action: 'assign', pack: 'P-1' },
])

// Both doors lead to the same house, which is the one of ESM.
assert.strictEqual(compile, Allocation.compile)
assert.strictEqual(plan, Deployment.plan)
assert.match(import.meta.resolve('seatwise'), /\/dist\/esm\/index\.js$/)

// The package and its user share fp-ts and io-ts.
assert.strictEqual(Day.parse('no day'), O.none)
assert.ok(Catalog.Catalog instanceof t.Type)

// What the package does not export cannot be reached.
for (const path of ['dist/esm/rule/Rule.js', 'dist/esm/index.js', 'rule/Rule', 'src/index.ts'])
  await assert.rejects(import(`seatwise/${path}`), { code: 'ERR_PACKAGE_PATH_NOT_EXPORTED' })
