/**
 * The analysis of an estate (src/deployment/analysis): an example of every finding, and what holds of all of them.
 */
import { either as E } from 'fp-ts'
import fc from 'fast-check'
import { Deployment, type Estate } from 'seatwise'
import { describe, expect, test } from 'vitest'
import type { WireEstate } from '../model/deployment.js'
import { unarrangedEstateWorld as worlds } from '../generators/deployment/estate.js'
import { decodeEstate, instant, must, planDecoded } from '../generators/deployment/run.js'

type Wire = Readonly<Record<string, unknown>>

const NOW = '2026-03-10T12:00:00Z'

const settings = { umsVersion: '12.10.100', umsId: 'U1', automaticDeployment: true }
const pack = {
  id: 'A',
  licenseType: 'workspace-edition',
  total: 9,
  allocated: 3,
  registered: '2026-01-01',
  umsIds: ['U1'],
}
const device = {
  id: 'd-1',
  unitId: 'unit',
  osVersion: '12.5.0',
  registered: '2026-01-15T08:00:00Z',
  directory: 'berlin',
}
const clean = { settings, packs: [pack], devices: [device], directories: [{ id: 'berlin', name: 'Berlin' }] }

const within = (...conditions: ReadonlyArray<Wire>) => ({ distribution: { method: 'conditions', conditions } })
const berlin = { directory: 'berlin' }

const analyzed = (given: Wire, now = NOW): ReadonlyArray<Deployment.Finding> =>
  must('analysis', Deployment.analyze({ now: instant(now) })(decodeEstate(given as WireEstate)))

type Example = { readonly change: Wire; readonly text: string }

const examples: { readonly [Code in Deployment.FindingCode]: Example } = {
  'pack-starts-after-it-expires': {
    change: { packs: [{ ...pack, starts: '2026-03-02', expires: '2026-03-01' }] },
    text: 'pack `A` starts on 2026-03-02 and expires on 2026-03-01, before that: it is never valid',
  },
  'pack-full': { change: { packs: [{ ...pack, allocated: 9 }] }, text: 'all 9 licenses of pack `A` are allocated' },
  'pack-over-allocated': {
    change: { packs: [{ ...pack, allocated: 10 }] },
    text: '10 licenses of pack `A` are allocated, and it has 9',
  },
  'pack-unusable': {
    change: { packs: [{ ...pack, active: false }] },
    text: 'pack `A` gives no license today: the pack is deactivated',
  },
  'pack-for-nobody': {
    change: { packs: [{ ...pack, ...within() }] },
    text: 'pack `A` is for nobody: its list of conditions is empty',
  },
  'pack-never-first': {
    change: { packs: [pack, { ...pack, id: 'B', allocated: 2 }] },
    text: 'pack `B` gives no license as long as pack `A`, which ranks before it, has any left',
  },
  'tenants-share-packs': {
    change: {
      packs: [
        { ...pack, aldToken: 'valid' },
        { ...pack, ...within(berlin), id: 'B', aldToken: 'valid' },
      ],
    },
    text: 'packs `A` and `B` are registered through tokens, and `A` is for every device: if the tokens are of several clients, devices of one can be served from a pack of another',
  },
  'unknown-directory': {
    change: { packs: [{ ...pack, ...within(berlin, { directory: 'paris' }) }] },
    text: 'pack `A` names the directory `paris`, which is not listed',
  },
  'unknown-view': {
    change: { packs: [{ ...pack, ...within(berlin, { view: 'kiosks' }) }] },
    text: 'pack `A` names the view `kiosks`, in which no device is',
  },
  'directory-loop': {
    change: {
      directories: [
        { id: 'berlin', name: 'Berlin', parent: 'floor' },
        { id: 'floor', name: 'Floor', parent: 'berlin' },
      ],
    },
    text: 'directories `berlin` and `floor` are each inside the other',
  },
  'global-conditions-not-met': {
    change: { settings: { ...settings, distributionConditions: [{ view: 'kiosks' }] } },
    text: 'no device meets the one global condition: no pack serves anybody',
  },
  'unknown-pack': {
    change: {
      devices: [{ ...device, licenses: [{ licenseType: 'workspace-edition', source: 'pack', pack: 'gone' }] }],
    },
    text: '1 device (`d-1`) holds a license of pack `gone`, which is not in the estate',
  },
  'type-without-packs': {
    change: { devices: [{ ...device, licenses: [{ licenseType: 'udc3', source: 'bundled' }] }] },
    text: 'of type `udc3` there is no pack; 1 device holds a license of it',
  },
  'type-not-deployed': {
    change: { packs: [{ ...pack, licenseType: 'isl', distribution: { method: 'enabled' } }] },
    text: 'this UMS deploys no licenses of type `isl`: pack `A` serves nobody',
  },
  'shared-serial-number': {
    change: {
      devices: [
        { ...device, serialNumber: 'QX4T781KZM22PWD' },
        { ...device, id: 'd-2', serialNumber: 'QX4T781KZM22PWD' },
      ],
    },
    text: 'devices `d-1` and `d-2` report one serial number, ****2PWD',
  },
  'deployment-off': {
    change: { settings: { ...settings, automaticDeployment: false } },
    text: 'automatic deployment is off: the one pack serves nobody',
  },
  'license-server-unreachable': {
    change: { settings: { ...settings, licenseServerReachable: false } },
    text: 'the license server cannot be reached: no license is given',
  },
  'exchange-unknown': {
    change: { settings: { ...settings, licenseExchange: true, umsVersion: '12.01.109' } },
    text: 'license exchange is on, but takes automatic deployment and UMS 12.01.110, and this is 12.01.109',
  },
  'bundled-deployment-off': {
    change: { bundled: [{ serialNumber: 'S1', licenseType: 'workspace-edition' }] },
    text: '1 bundled license waits, but none is deployed: that is off, or this UMS cannot do it',
  },
}

test('nothing is found in a clean estate', () => {
  expect(Deployment.renderFindings(analyzed(clean))).toBe('nothing found')
})

describe('every finding has an example', () => {
  for (const [code, { change, text }] of Object.entries(examples))
    test(code, () => {
      const { severity, clause } = Deployment.findingCodes[code as Deployment.FindingCode]
      const findings = analyzed({ ...clean, ...change })
      expect(findings.map(Deployment.renderFinding)).toContain(`${severity}: ${text} [${code}; ${clause}]`)
    })
})

const givenTo = (decisions: Deployment.Plan['decisions']): ReadonlySet<string | undefined> =>
  new Set(decisions.flatMap(({ action, pack: from }) => (action === 'assign' || action === 'exchange' ? [from] : [])))

const witnessesOf = <Code extends Deployment.FindingCode>(findings: ReadonlyArray<Deployment.Finding>, code: Code) =>
  findings.flatMap((finding) => (finding.code === code ? [finding.witness as Deployment.Witnesses[Code]] : []))

/** Found so often: that what is checked is not checked in vain. */
const seen = new Map<string, number>()

test('no plan gives a license of a pack that is for nobody, unusable, full, or never first', () => {
  fc.assert(
    fc.property(worlds, ({ estate: wire, now }) => {
      const estate = decodeEstate(wire)
      const findings = must('analysis', Deployment.analyze({ now: instant(now) })(estate))
      for (const { code } of findings) seen.set(code, (seen.get(code) ?? 0) + 1)
      const given = givenTo(planDecoded(estate, now).decisions)
      const codes = [
        'pack-for-nobody',
        'pack-unusable',
        'pack-full',
        'pack-over-allocated',
        'pack-starts-after-it-expires',
      ] as const
      for (const code of codes)
        for (const { pack: id } of witnessesOf(findings, code)) expect(given.has(id)).toBe(false)
      if (
        findings.some(({ code }) =>
          ['deployment-off', 'license-server-unreachable', 'global-conditions-not-met'].includes(code),
        )
      )
        expect(given.size).toBe(0)
      for (const { pack: id, rivals } of witnessesOf(findings, 'pack-never-first')) {
        // The others never run out.
        const packs = estate.packs.map((each) =>
          (rivals as ReadonlyArray<string>).includes(each.id)
            ? { ...each, total: (each.total + 1000) as typeof each.total }
            : each,
        )
        expect(givenTo(planDecoded({ ...estate, packs }, now).decisions).has(id)).toBe(false)
      }
    }),
    { numRuns: 300, seed: 8 },
  )
  for (const code of ['pack-for-nobody', 'pack-unusable', 'pack-never-first', 'unknown-pack', 'tenants-share-packs'])
    expect({ code, seen: (seen.get(code) ?? 0) > 0 }).toEqual({ code, seen: true })
})

const reversed = <A>(list: ReadonlyArray<A> | undefined): ReadonlyArray<A> => [...(list ?? [])].reverse()

test('neither the order of records nor that of their keys means anything', () => {
  fc.assert(
    fc.property(worlds, ({ estate: wire, now }) => {
      const estate = decodeEstate(wire)
      const keys = <A extends object>(record: A): A => Object.fromEntries(Object.entries(record).reverse()) as A
      const other: Estate.Estate = {
        ...estate,
        packs: reversed(estate.packs).map(keys),
        devices: reversed(estate.devices).map(keys),
        directories: reversed(estate.directories),
        bundled: reversed(estate.bundled),
      }
      const found = (each: Estate.Estate) => Deployment.analyze({ now: instant(now) })(each)
      expect(found(other)).toEqual(found(estate))
    }),
    { numRuns: 150 },
  )
})

test('a contradiction is no finding', () => {
  const twice = decodeEstate({ ...clean, packs: [pack, { ...pack, total: 8 }] } as unknown as WireEstate)
  expect(E.isLeft(Deployment.analyze({ now: instant(NOW) })(twice))).toBe(true)
})
