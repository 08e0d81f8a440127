/**
 * An estate over the years: whatever people and portals do to it, and whenever, the library does what the books say, and the
 * laws of group H hold after every day ("Model-based test" in the properties).
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ACTIONS, REASONS } from '../../generators/deployment.js'
import { commands } from '../../generators/deployment/stateful/commands.js'
import { beginning } from '../../generators/deployment/stateful/records.js'
import { begin, emptyTally, type Tally } from '../../generators/deployment/stateful/steps.js'

const lives = (tally: Tally, parameters: fc.Parameters<unknown>): void => {
  fc.assert(
    fc.property(beginning, fc.commands(commands, { maxCommands: 100, size: 'max' }), (from, steps) => {
      fc.modelRun(() => begin(from, tally), steps)
    }),
    parameters,
  )
}

const DAYS_OF_A_YEAR = 365.25

const SPECIAL = [
  ...['29 February', 'the end of a month', 'the end of a year', 'a change of clocks'],
  ...['a tick longer than the days before expiration', 'an event at the instant of a full check'],
  'a crash within a plan',
]

const COMMANDS = [
  ...[
    'addPack',
    'renewPack',
    'refreshPacks',
    'deactivate',
    'activate',
    'removePack',
    'setConditions',
    'scope',
    'count',
  ],
  ...[
    'registerDevice',
    'moveDevice',
    'binDevice',
    'unbinDevice',
    'deleteDevice',
    'reboot',
    'openRequest',
    'userCancel',
  ],
  ...[
    'setGlobalConditions',
    'toggleDeployment',
    'toggleExchange',
    'setExchangeDays',
    'service',
    'umsVersion',
    'bundled',
  ],
  ...['portalDown', 'portalUp', 'tick', 'checkByHand', 'crashMidPlan'],
]

test('over 500 years and more, in which everything happens, every law of deployment holds after every day', () => {
  const tally = emptyTally()
  lives(tally, { seed: 2028, numRuns: 950 })
  expect(tally.days / DAYS_OF_A_YEAR).toBeGreaterThanOrEqual(500)
  expect([...tally.actions.keys()].sort()).toEqual([...ACTIONS].sort())
  expect([...tally.reasons.keys()].sort()).toEqual([...REASONS].sort())
  expect(REASONS).toHaveLength(26)
  for (const command of COMMANDS) expect(tally.commands.get(command) ?? 0, command).toBeGreaterThan(0)
  for (const special of SPECIAL) expect(tally.special.get(special) ?? 0, special).toBeGreaterThan(0)
})

test('and over some years that nobody has seen before', () => {
  lives(emptyTally(), { numRuns: 60 })
})
