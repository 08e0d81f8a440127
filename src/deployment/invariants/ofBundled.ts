/**
 * The invariants of bundled licenses, one line each: when one may be deployed, which one it is, and that it comes before
 * what packs have (deployment.md, section 10).
 */
import { isOrderedAs, isStoppedEarly } from './claims.js'
import { lastDayOf, NONE } from './holdings.js'
import { ofAction, ofEach, type Invariant } from './invariant.js'
import { isBundledDue, isLicensedToday } from './orders.js'

const BUNDLED = ['deploy-bundled'] as const

export const ofBundled: ReadonlyArray<Invariant> = [
  ofAction(
    'bundled-switched-on',
    'ALD-82',
    BUNDLED,
    (_, { estate: { settings } }) => settings.hardwareBundledDeployment === true,
  ),
  ofAction('bundled-known-to-the-ums', 'ALD-83', BUNDLED, (_, { ums }) => ums.hasBundled),
  ofAction('system-for-the-bundled', 'ALD-83', BUNDLED, ({ os }) => os.takesBundled),
  ofAction(
    'bundled-by-a-registered-id',
    'ALD-84',
    BUNDLED,
    (_, { estate: { settings } }) => settings.umsIdRegistered !== false,
  ),
  ofAction(
    'bundled-with-the-hardware',
    'ALD-85',
    BUNDLED,
    ({ device, type }, { bundles }) => bundles.bySerial(device, type) !== NONE,
  ),
  ofAction(
    'bundled-by-a-real-serial',
    'ALD-86',
    BUNDLED,
    ({ device, type }, { bundles }) => bundles.byRealSerial(device, type) !== NONE,
  ),
  ofAction(
    'bundled-where-it-was-moved',
    'ALD-87',
    BUNDLED,
    ({ device, type }, { bundles }) => bundles.own(device, type) !== NONE,
  ),
  ofAction(
    'bundled-valid-today',
    'ALD-85',
    BUNDLED,
    ({ device, type }, { bundles, today }) => bundles.own(device, type) >= today,
  ),
  ofAction(
    'bundled-for-longest',
    'ALD-85',
    BUNDLED,
    ({ device, type, decision }, { bundles }) => bundles.own(device, type) === lastDayOf(decision),
  ),
  ofAction('bundled-where-unlicensed', 'ALD-88', BUNDLED, (each, facts) => !isLicensedToday(each, facts)),
  ofEach(
    'bundled-before-packs',
    'ALD-88',
    (each, facts) => isOrderedAs('deploy-bundled', each) || !isBundledDue(each, facts) || isStoppedEarly(each, facts),
  ),
]
