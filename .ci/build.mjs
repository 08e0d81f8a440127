/**
 * Builds dist with plain tsc: src/tsconfig.json → dist/esm, src/tsconfig.cjs.json → dist/cjs. Prints nothing unless
 * something is wrong.
 *
 * What is in dist always belongs to what is in src: it is left alone only while sources, compiler, peers and the output
 * itself are byte for byte those of the last build; else it is replaced as a whole, and a build that fails leaves none.
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = join(root, 'dist')
const stamp = join(root, 'node_modules/.cache/seatwise/build.json')
const { resolve } = createRequire(import.meta.url)

/** @type {(folder: string) => ReadonlyArray<string>} */
const filesOf = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()

/** @type {(files: ReadonlyArray<string>) => string} */
const digest = (files) =>
  files
    .reduce((hash, file) => hash.update(`\0${file}\0`).update(readFileSync(file)), createHash('sha256'))
    .digest('hex')

/** All that the output depends on. */
const inputs = () =>
  digest([
    ...filesOf(join(root, 'src')),
    ...['package.json', 'tsconfig.json', '.ci/build.mjs'].map((name) => join(root, name)),
    ...['typescript', 'fp-ts', 'io-ts'].map((name) => resolve(`${name}/package.json`)),
  ])

/** What the last build was made of, and what it made. */
const recorded = () => {
  try {
    return readFileSync(stamp, 'utf8')
  } catch {
    return ''
  }
}

/** @type {(project: string, outDir: string) => Promise<{ ok: boolean, output: string }>} */
const compile = (project, outDir) =>
  new Promise((done) => {
    const options = ['-p', join('src', project), '--outDir', outDir, '--noEmitOnError', '--pretty']
    const tsc = spawn(process.execPath, [resolve('typescript/bin/tsc'), ...options], { cwd: root })
    /** @type {Array<Buffer>} */
    const chunks = []
    tsc.stdout.on('data', (chunk) => chunks.push(chunk))
    tsc.stderr.on('data', (chunk) => chunks.push(chunk))
    tsc.on('close', (code) => {
      done({ ok: code === 0, output: Buffer.concat(chunks).toString() })
    })
  })

const build = async () => {
  // As deep below the root as dist/esm, because source maps name the sources by relative paths.
  const esm = join(root, 'node_modules', `.esm-${String(process.pid)}`)
  const cjs = join(root, 'node_modules', `.cjs-${String(process.pid)}`)
  const results = await Promise.all([compile('tsconfig.json', esm), compile('tsconfig.cjs.json', cjs)])
  const failed = results.find(({ ok }) => !ok)
  rmSync(dist, { recursive: true, force: true })
  if (failed === undefined) {
    writeFileSync(join(cjs, 'package.json'), '{"type":"commonjs"}\n')
    mkdirSync(dist)
    renameSync(esm, join(dist, 'esm'))
    renameSync(cjs, join(dist, 'cjs'))
  } else {
    for (const folder of [esm, cjs]) rmSync(folder, { recursive: true, force: true })
    process.stderr.write(failed.output)
  }
  return failed === undefined
}

const record = () => (existsSync(dist) ? JSON.stringify({ inputs: inputs(), outputs: digest(filesOf(dist)) }) : 'none')

if (record() !== recorded()) {
  const before = inputs()
  if (await build()) {
    mkdirSync(join(stamp, '..'), { recursive: true })
    // Sources that changed meanwhile may be in dist by half: the next build makes it anew.
    writeFileSync(stamp, before === inputs() ? record() : '')
  } else process.exitCode = 1
}
