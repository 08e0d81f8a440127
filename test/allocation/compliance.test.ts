/**
 * Compliance (src/allocation/compliance.ts): what worlds that are made by chance seldom show. The figures themselves are
 * held to a model and to the vectors.
 */
import { either as E, function as F } from 'fp-ts'
import { Allocation, AuditSnapshot, Catalog } from 'seatwise'
import { expect, test } from 'vitest'

const visio = { id: 'visio', name: 'Visio', products: ['Visio 2024'] }

const judge = (licenses: ReadonlyArray<object>, owners: ReadonlyArray<string>) => {
  const computers = owners.map((owner, at) => ({
    computer: { id: `pc-${String(at)}`, name: `PC-${String(at)}` },
    owner,
    installations: [{ id: 'i-1', product: 'Visio 2024' }],
  }))
  const allocations = computers.map(({ computer }) => ({
    computer: computer.id,
    product: 'Visio 2024',
    license: 'L-1',
    origin: 'manual',
  }))
  return F.pipe(
    Allocation.compliance({
      catalog: Catalog.decode({ software: [visio], licenses }).right,
      snapshots: AuditSnapshot.decodeAll(computers).right,
      allocations: Allocation.decodeAll(allocations).right,
    }),
    E.map((told) => told.licenses),
  )
}

test('owners are told apart by their forms, whatever policy a run has (COMP-6)', () => {
  const license = { id: 'L-1', name: 'Visio', software: 'visio', metric: 'user', entitlements: 2 }
  expect(judge([license], ['Ann Lee', 'ann lee', ' ANN LEE ', 'Bo Ek'])).toEqual(
    E.right([{ license: 'L-1', used: 2, reconciled: 2, available: 0, compliant: true, position: 'balanced' }]),
  )
})

test('nobody owns a computer of a blank owner, so that it uses nothing of a license per user (COMP-6)', () => {
  const license = { id: 'L-1', name: 'Visio', software: 'visio', metric: 'user', entitlements: 0 }
  expect(judge([license], [' ', '\t'])).toEqual(
    E.right([{ license: 'L-1', used: 0, reconciled: 0, available: 0, compliant: true, position: 'balanced' }]),
  )
})

test('all that contradicts itself is told, in the catalog and among the snapshots (ALLOC-47)', () => {
  const { right: catalog } = Catalog.decode({
    software: [visio, { ...visio, id: 'visio-2' }],
    licenses: [],
  })
  const { right: snapshots } = AuditSnapshot.decodeAll(['A', 'B'].map((name) => ({ computer: { id: 'pc-1', name } })))
  const told = Allocation.compliance({ catalog, snapshots, allocations: [] })
  expect(E.isLeft(told) && told.left.map(({ code }) => code).sort()).toEqual(['ambiguous-product', 'contradiction'])
})
