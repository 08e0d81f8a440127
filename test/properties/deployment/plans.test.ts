/**
 * Plans: what each decision must be like, and what all of them together do (group H of the properties, and the laws of
 * plans).
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { daysFrom, estateWorld } from '../../generators/deployment.js'
import { aboutOf, onEveryOperation, onEveryPlan, packIn } from '../../generators/deployment/every.js'
import { explainAll, planOf, READERS } from '../../generators/deployment/run.js'
import {
  isAtLeast,
  isOfType,
  normalizedEstate,
  typesOf,
  type WireCondition,
  type WireDeploymentDecision,
  type WireDevice,
  type WireEstate,
} from '../../model/deployment.js'

// -------------------------------------------------------------------------------------
// the decisions of a plan
// -------------------------------------------------------------------------------------

test('there is one decision for every device and every type of the estate (ALD-108, law 1 of plans)', () => {
  onEveryPlan(({ decisions }, given) => {
    const wanted = given.devices.flatMap(({ id }) => typesOf(given).map((type) => aboutOf({ device: id, ...type })))
    expect(decisions.map(aboutOf).sort()).toEqual(wanted.sort())
  })
})

test('devices take their turn by registration, then by id, and each with its add-ons last (ALD-109)', () => {
  onEveryPlan(({ decisions }, given) => {
    const turns = [...new Set(decisions.map(({ device }) => device))]
    const places = turns.map((id) => given.devices.find((device) => device.id === id)!)
    for (const [place, device] of places.slice(1).entries()) {
      const before = places[place]!
      const [one, other] = [Date.parse(before.registered), Date.parse(device.registered)]
      expect(one < other || (one === other && before.id < device.id)).toBe(true)
    }
    for (const turn of turns) {
      const kinds = decisions.filter(({ device }) => device === turn).map(({ licenseType }) => licenseType === 'add-on')
      expect(kinds).toEqual([...kinds].sort((a, b) => Number(a) - Number(b)))
    }
  })
})

test('an action has what it gives and no reason, and no action has a reason and gives nothing', () => {
  onEveryPlan(({ decisions, operations }) => {
    for (const { action, reason, pack, expires } of decisions) {
      expect(reason === undefined).toBe(action !== 'none')
      expect(pack === undefined).toBe(action === 'none' || action === 'deploy-bundled')
      if (action === 'none') expect(expires).toBeUndefined()
    }
    const done = (each: WireDeploymentDecision) => [aboutOf(each), each.action, each.pack, each.expires]
    expect(
      operations.map(({ device, action, license: { licenseType, addOn, pack, expires } }) => [
        aboutOf({ device, licenseType, addOn }),
        ...[action, pack, expires],
      ]),
    ).toEqual(decisions.filter(({ action }) => action !== 'none').map(done))
  })
})

// -------------------------------------------------------------------------------------
// where a license comes from
// -------------------------------------------------------------------------------------

const isUnder = ({ directories = [] }: WireEstate, start: string | undefined, wanted: string): boolean => {
  let [here, steps]: readonly [string | undefined, number] = [start, 0] as const
  for (; here !== undefined && steps <= directories.length; steps += 1) {
    if (here === wanted) return true
    const id: string = here
    here = directories.find((each) => each.id === id)?.parent
  }
  return false
}

const meetsOne = (estate: WireEstate, device: WireDevice, conditions: ReadonlyArray<WireCondition>): boolean =>
  conditions.some((each) =>
    'view' in each ? device.views?.includes(each.view) : isUnder(estate, device.directory, each.directory),
  )

test('a license comes from a registered pack of its type that is active, valid today, usable here and has one free (H2)', () => {
  onEveryOperation(({ action, license }, _, before, __, now) => {
    if (action === 'deploy-bundled') return
    const pack = packIn(before, license.pack)
    const { umsVersion, umsId, umsIdRegistered } = before.settings
    expect(isOfType(license)(pack)).toBe(true)
    expect(pack.active).not.toBe(false)
    expect(['merged', 'archived']).not.toContain(pack.status)
    expect(pack.starts === undefined || pack.starts <= now.slice(0, 10)).toBe(true)
    expect(pack.expires === undefined || pack.expires >= now.slice(0, 10)).toBe(true)
    const isAssigned = umsIdRegistered !== false && pack.umsIds?.includes(umsId) === true
    expect(pack.aldToken === 'valid' || (isAssigned && isAtLeast(umsVersion, '6.01.100'))).toBe(true)
    expect(license.expires).toBe(pack.expires)
    if (action !== 'renew') expect(pack.allocated).toBeLessThan(pack.total)
  })
})

test('a license is assigned or exchanged only where the device is selected, globally and by the pack (H2, ALD-35 to 41)', () => {
  onEveryOperation(({ action, license }, device, before) => {
    if (action !== 'assign' && action !== 'exchange') return
    const { umsVersion, distributionConditions = [] } = before.settings
    const { distribution, licenseType } = packIn(before, license.pack)
    if (isAtLeast(umsVersion, '12.01.110') && distributionConditions.length > 0)
      expect(meetsOne(before, device, distributionConditions)).toBe(true)
    if (!isAtLeast(umsVersion, '6.01.100')) return
    if (distribution?.method === 'conditions') expect(meetsOne(before, device, distribution.conditions)).toBe(true)
    if (distribution === undefined && isAtLeast(umsVersion, '6.02.100')) expect(licenseType).toBe('workspace-edition')
  })
})

test.each(READERS)(
  'no other pack that would do has more allocated, or as much and an earlier registration, or also a smaller id (H3; %s)',
  (reader) => {
    fc.assert(
      fc.property(estateWorld, ({ estate, now }) => {
        const given = normalizedEstate(estate)
        for (const { decision, packs, packsAsked } of explainAll(given, now, { reader })) {
          if (!packsAsked || decision.pack === undefined) continue
          const chosen = packs.find(({ pack }) => pack === decision.pack)!
          const registered = (id: string) => packIn(given, id).registered
          for (const { pack, allocated, turnedDown } of packs) {
            if (turnedDown !== undefined || pack === chosen.pack) continue
            const [one, other] = [registered(chosen.pack), registered(pack)]
            const isFirst = one < other || (one === other && chosen.pack < pack)
            expect(chosen.allocated > allocated || (chosen.allocated === allocated && isFirst)).toBe(true)
          }
        }
      }),
      { numRuns: 220 },
    )
  },
)

test('when a pack expires has no part in what is assigned first (H3, ALD-47)', () => {
  fc.assert(
    fc.property(
      estateWorld,
      fc.array(fc.constantFrom(0, 1, 7, 300, undefined), { minLength: 4, maxLength: 4 }),
      ({ estate, now }, ends) => {
        const today = daysFrom(now)(0)
        const given = normalizedEstate(estate)
        const licensedBase = given.devices.map((device) => ({
          ...device,
          licenses: [{ licenseType: 'workspace-edition' as const, source: 'pack' as const }],
        }))
        const without = (devices: ReadonlyArray<WireDevice>) => ({ ...given, devices, bundled: [] })
        const dated = {
          packs: given.packs.map(({ expires, ...pack }, place) => {
            const last = expires !== undefined && expires < today ? -1 : ends[place % ends.length]
            return { ...pack, ...(last === undefined ? {} : { expires: daysFrom(now)(last) }) }
          }),
        }
        for (const devices of [licensedBase, given.devices.map((device) => ({ ...device, licenses: [] }))]) {
          const settings = { ...given.settings, licenseExchange: false }
          const told = (each: WireEstate) =>
            planOf(each, now).decisions.map((each) => [aboutOf(each), each.action, each.pack, each.reason])
          expect(told({ ...without(devices), settings, ...dated })).toEqual(told({ ...without(devices), settings }))
        }
      },
    ),
    { numRuns: 110 },
  )
})
