// @ts-check
/**
 * Packages that only the benchmark needs: they are in bench/package.json, and installed by the command itself.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('.', import.meta.url))
const stamp = new URL('node_modules/.lock-digest', import.meta.url)

/**
 * A package that may not be there. It has no types, since nothing but the benchmark is to depend on it.
 *
 * @type {(name: string) => Promise<any>}
 */
export const load = (name) => import(name)

const digest = () =>
  createHash('sha256')
    .update(readFileSync(new URL('package-lock.json', import.meta.url)))
    .digest('hex')

const installed = () => {
  try {
    return readFileSync(stamp, 'utf8')
  } catch {
    return ''
  }
}

/**
 * Installs what bench/package-lock.json names, unless it is there. What went wrong, if anything did: then every peer that
 * cannot be loaded is absent.
 *
 * @returns {string | undefined}
 */
export const install = () => {
  if (installed() === digest()) return undefined
  console.error('installing the peers of the benchmark (npm ci in bench/) …')
  const options = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  const { status, stderr, error } = spawnSync('npm', options, {
    cwd: here,
    encoding: 'utf8',
    shell: process.platform === 'win32',
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  if (status === 0) {
    writeFileSync(stamp, digest())
    return undefined
  }
  return `npm ci failed: ${(error?.message ?? stderr).trim().split('\n')[0] ?? ''}`
}
