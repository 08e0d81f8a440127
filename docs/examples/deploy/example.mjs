// @ts-check
/**
 * The example of deployment: its files, the instant that it is planned for, and the day until which it is simulated.
 */
import { fileURLToPath } from 'node:url'

const file = (/** @type {string} */ name) =>
  fileURLToPath(new URL(`../deployment-estate/${name}.json`, import.meta.url))

export const files = { estate: file('estate'), events: file('events') }

export const now = '2026-11-20T08:00:00Z'

export const until = '2027-11-20'
