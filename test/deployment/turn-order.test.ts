/** Devices are put in order as numbers; the order is that of comparing them. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareDevices, turnsOf } from '../../src/deployment/turnOrder.js'
import type { Device } from '../../src/record/Device.js'

const units = fc.constantFrom('a', 'b', '0', '1', '9', 'Z', '-', '\u007f')
const beyond = fc.constantFrom('\u0080', 'é', '\ud83d', '\uffff')

const id = (unit: fc.Arbitrary<string>, maxLength: number) =>
  fc.array(unit, { maxLength }).map((all) => `device-${all.join('')}`)

const ids = fc.oneof(
  fc.array(id(units, 5), { maxLength: 120 }),
  fc.array(id(fc.constantFrom('a', 'b'), 30), { maxLength: 120 }),
  fc.array(fc.oneof({ weight: 9, arbitrary: id(units, 4) }, id(beyond, 2)), { maxLength: 120 }),
  fc.array(fc.nat({ max: 5_000 }).map(String), { maxLength: 200 }),
  fc.array(fc.uuid(), { maxLength: 80 }),
)

const registered = fc.oneof(
  fc.constant(1_700_000_000_000),
  fc.constantFrom(-1, 0, 1),
  fc.integer({ min: 1_600_000_000_000, max: 1_800_000_000_000 }),
  fc.constantFrom(-8_640_000_000_000_000, 8_640_000_000_000_000, 0.5, 0.25),
)

test('places stand in the order in which devices compare, equals in their own', () => {
  fc.assert(
    fc.property(
      ids,
      fc.array(fc.array(registered, { minLength: 1, maxLength: 6 }), { minLength: 1 }),
      (given, some) => {
        const instants = some[0] ?? [0]
        const devices = given.map((each, place) => ({ id: each, registered: instants[place % instants.length] }))
        const all = devices as ReadonlyArray<object> as ReadonlyArray<Device>
        const expected = [...all.keys()].sort((a, b) => compareDevices(all[a]!, all[b]!) || a - b)
        expect([...turnsOf(all)]).toEqual(expected)
      },
    ),
    { numRuns: 1_000 },
  )
})
