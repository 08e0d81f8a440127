/**
 * Small worlds in raw form, decoded and run in one go, for the rows that are about decisions.
 */
import { either as E, option as O } from 'fp-ts'
import { Allocation, AuditSnapshot, Catalog, Day, type Decision, type Rejection } from 'seatwise'
import { expect } from 'vitest'
import type { Raw } from './entries.js'

export const visio: Raw = { id: 'visio', name: 'Visio', products: ['Visio 2024'] }

export const license = (id: string, more: Raw = {}): Raw => ({ id, name: id, software: 'visio', ...more })

export const unit = (id: string, parent?: string, name = id): Raw => ({
  id,
  name,
  ...(parent === undefined ? {} : { parent }),
})

/** A snapshot of one computer with one installation of Visio. */
export const snapshot = (id: string, more: Raw = {}, installation: Raw = {}): Raw => ({
  computer: { id, name: id },
  installations: [{ id: 'i-1', product: 'Visio 2024', ...installation }],
  ...more,
})

export interface World {
  readonly catalog?: Raw
  readonly snapshots?: ReadonlyArray<Raw>
  readonly policy?: Allocation.SnapshotPolicy
  readonly asOf?: Day.Day
}

/** The day that a text names; a test that names none is wrong. */
export const day = (text: string): Day.Day => {
  const parsed = Day.parse(text)
  return O.isSome(parsed) ? parsed.value : expect.fail(`no day: ${text}`)
}

/** Decodes a world of which every record is good, but for exact duplicates. */
export const decodeWorld = ({ catalog = {}, snapshots = [] }: World) => {
  const decoded = Catalog.decode({ software: [visio], licenses: [], ...catalog })
  const found = AuditSnapshot.decodeAll(snapshots)
  expect([...decoded.left, ...found.left].filter(({ severity }) => severity === 'error')).toEqual([])
  return { catalog: decoded.right, snapshots: found.right }
}

export const runWorld = (world: World) => {
  const { policy, asOf } = world
  return Allocation.run({
    ...decodeWorld(world),
    ...(policy === undefined ? {} : { policy }),
    ...(asOf === undefined ? {} : { asOf }),
  })
}

/** The decisions of a world without contradictions. */
export const decisionsOf = (world: World): ReadonlyArray<Decision.Decision> => {
  const outcome = runWorld(world)
  return E.isRight(outcome) ? outcome.right.decisions : expect.fail(JSON.stringify(outcome.left))
}

/** What contradicts itself in a world, which must be found by `run` and, as far as it is in the catalog, by `compile`. */
export const contradictionsOf = (world: World): ReadonlyArray<Rejection.Rejection> => {
  const outcome = runWorld(world)
  const rejections = E.isLeft(outcome) ? outcome.left : expect.fail('nothing contradicts itself')
  const compiled = Allocation.compile({})(decodeWorld(world).catalog)
  const ofCatalog = rejections.filter(({ collection }) => !['snapshots', 'installations'].includes(collection))
  expect(E.isLeft(compiled) ? compiled.left : []).toEqual(ofCatalog)
  return rejections
}

/** The license, rule and outcome of each decision, in order. */
export const told = (world: World): ReadonlyArray<string> =>
  decisionsOf(world).map(({ outcome, license: winner, rule }) =>
    outcome === 'allocated' ? `${winner} by ${rule}` : outcome,
  )

/** Whether a license with a serial number is found by an installation with another one. */
export const meet = (
  ofLicense: string,
  ofInstallation: string,
  text: 'case-insensitive' | 'exact' = 'case-insensitive',
) =>
  told({
    catalog: { licenses: [license('L-1', { serialNumber: ofLicense })] },
    snapshots: [snapshot('pc-1', {}, { serialNumber: ofInstallation })],
    policy: { text },
  })[0] === 'L-1 by 1.2'
