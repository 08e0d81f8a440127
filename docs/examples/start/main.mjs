// @ts-check
/**
 * Decides installations and devices on the command line: npm start [-- OPTIONS], see `--help`.
 *
 * The library is pure. All that touches the world is here and in shared/files.mjs: arguments, files, the terminal and the
 * exit status.
 */
import { styleText } from 'node:util'
import { NOTHING_DECIDED } from '../shared/status.mjs'
import { command } from './command.mjs'

const { argv, stdout, stderr, env } = process

// Whoever reads may stop early, as `head` does: the rest is for nobody, and that is no failure.
for (const stream of [stdout, stderr])
  stream.on('error', (/** @type {NodeJS.ErrnoException} */ error) => {
    if (error.code !== 'EPIPE') throw error
  })

const isColored = stdout.isTTY && (env['NO_COLOR'] ?? '') === ''

/** @type {import('../shared/status.mjs').Surroundings} */
const surroundings = {
  // npm runs a script in the folder of the package; the caller's files are meant from where npm was called.
  folder: env['INIT_CWD'] ?? process.cwd(),
  canvas: {
    columns: stdout.isTTY ? Math.min(120, Math.max(72, stdout.columns)) : 100,
    paint: (style, text) => (isColored ? styleText(style, text, { validateStream: false }) : text),
  },
  print: (lines) => stdout.write(`${lines.join('\n')}\n`),
  tell: (lines) => stderr.write(`${lines.join('\n')}\n`),
}

// The status is set, not exited with: what was written is still on its way.
try {
  process.exitCode = command(argv.slice(2), surroundings)
} catch (error) {
  // A mistake of this program is not "some records were rejected", which is what Node's own status 1 would say.
  console.error(error)
  process.exitCode = NOTHING_DECIDED
}
