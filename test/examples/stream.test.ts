/**
 * The example of streams: what it cuts into lines, what it says of them, and how it ends.
 */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { either as E, function as F } from 'fp-ts'
import { Allocation, AuditSnapshot, Catalog } from 'seatwise'
import { beforeAll, describe, expect, it } from 'vitest'
import { decideLines, type Answer, type Progress } from '../../docs/examples/stream/decide.mjs'
import { linesOf, type Line } from '../../docs/examples/stream/lines.mjs'
import { environment, example, fromRoot, requireBuild, withFolder, type Run } from './cli.js'

const main = fromRoot('docs/examples/stream/main.mjs')
const catalogFile = fromRoot('docs/examples/estate/catalog.json')

const catalog = Catalog.decode(example.catalog).right
const snapshots = AuditSnapshot.decodeAll(example.snapshots).right
const decide = F.pipe(
  catalog,
  Allocation.compile(),
  E.getOrElseW(() => expect.fail('the catalog contradicts itself')),
)

const stringify = (record: unknown): string => JSON.stringify(record)

const collect = async <A>(all: AsyncIterable<A>): Promise<ReadonlyArray<A>> => {
  const collected: Array<A> = []
  for await (const each of all) collected.push(each)
  return collected
}

/** A text in chunks of so many bytes. */
const chunked = (bytes: Uint8Array, size: number): ReadonlyArray<Uint8Array> =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => bytes.subarray(at * size, (at + 1) * size))

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

const shown = ({ line, text }: Line): readonly [number, string] => [
  line,
  F.pipe(
    text,
    E.match(
      ({ code }) => `! ${code}`,
      (good) => good,
    ),
  ),
]

describe('lines', () => {
  const text =
    'first\r\n\n  \r\nzwölf 人\nfar too long for a line of sixteen\n1234567890123456\n12345678901234567\nlast'
  const wanted = [
    [1, 'first'],
    [4, 'zwölf 人'],
    [5, '! too-long'],
    [6, '1234567890123456'],
    [7, '! too-long'],
    [8, 'last'],
  ]

  it.each([1, 2, 3, 5, 7, 16, 64, 1_000])('are the same in chunks of %i bytes', async (size) => {
    expect((await collect(linesOf(chunked(bytesOf(text), size), 16))).map(shown)).toEqual(wanted)
    expect((await collect(linesOf(chunked(bytesOf(`${text}\n`), size), 16))).map(shown)).toEqual(wanted)
  })

  it('that are no UTF-8 are rejected, and those beside them are not', async () => {
    const bytes = Buffer.concat([bytesOf('good\n'), Uint8Array.of(0xff, 0xfe), bytesOf('\ngood')])
    expect((await collect(linesOf([bytes]))).map(shown)).toEqual([
      [1, 'good'],
      [2, '! ill-formed'],
      [3, 'good'],
    ])
  })

  it('of nothing are none', async () => {
    expect(await collect(linesOf([]))).toEqual([])
    expect(await collect(linesOf([bytesOf('\n\r\n \n')]))).toEqual([])
  })

  it('without an end take no memory', async () => {
    const chunk = new Uint8Array(1 << 16).fill(97)
    const endless = function* () {
      for (let at = 0; at < 2_000; at += 1) yield chunk
    }
    const before = process.memoryUsage().arrayBuffers
    let most = 0
    const watched = function* () {
      for (const each of endless()) {
        most = Math.max(most, process.memoryUsage().arrayBuffers - before)
        yield each
      }
    }
    expect((await collect(linesOf(watched(), 1 << 17))).map(shown)).toEqual([[1, '! too-long']])
    expect(most).toBeLessThan(1 << 24)
  })
})

describe('answers', () => {
  const answersTo = (text: string) => collect(decideLines(decide, linesOf([bytesOf(text)])))

  it('are the decisions of the compiled function, a line each', async () => {
    const answers = await answersTo(snapshots.map(stringify).join('\n'))
    expect(answers.map(({ decisions }) => decisions)).toEqual(snapshots.map(decide))
    expect(answers.flatMap(({ rejections }) => rejections)).toEqual([])
  })

  it('reject what contradicts itself within a line, and decide the rest beside an installation that is bad', async () => {
    const computer = { id: 'pc', name: 'PC' }
    const [one, two, bad] = [{ id: 'i', product: 'A' }, { id: 'i', product: 'B' }, { id: 'j' }]
    const answers = await answersTo(
      [
        { computer, installations: [one, two] },
        { computer, installations: [one, bad] },
      ]
        .map(stringify)
        .join('\n'),
    )
    expect(
      answers.map(({ line, decisions, rejections }) => [
        line,
        decisions.length,
        rejections.map(({ code, path }) => [code, path]),
      ]),
    ).toEqual([
      [1, 0, [['contradiction', 'installations[1]']]],
      [2, 1, [['missing', 'installations[1].product']]],
    ])
  })

  it('hold no more than one chunk of lines at once, and say how far they have come', async () => {
    const [perChunk, chunks] = [10, 1_000]
    const chunk = bytesOf(`${stringify(example.snapshots[0])}\n`.repeat(perChunk))
    let given = 0
    const source = function* () {
      for (let at = 0; at < chunks; at += 1) {
        given += perChunk
        yield chunk
      }
    }
    let [taken, most] = [0, 0]
    const told: Array<Progress> = []
    for await (const { line } of decideLines(decide, linesOf(source()), { progress: (now) => told.push(now) })) {
      taken += 1
      expect(line).toBe(taken)
      most = Math.max(most, given - taken)
    }
    expect(taken).toBe(perChunk * chunks)
    expect(most).toBeLessThan(perChunk)
    expect(told.map(({ lines }) => lines)).toEqual(Array.from({ length: taken }, (_, at) => at + 1))
    const each = snapshots[0]?.installations?.length ?? 0
    expect(told.at(-1)).toEqual({ lines: taken, decisions: taken * each, rejections: 0 })
  })

  it('end between two lines when they are aborted, and read no further', async () => {
    const controller = new AbortController()
    let isClosed = false
    const source = function* () {
      try {
        for (;;) yield bytesOf(`${stringify(example.snapshots[0])}\n`)
      } finally {
        isClosed = true
      }
    }
    const answers: Array<Answer> = []
    const reading = async () => {
      for await (const answer of decideLines(decide, linesOf(source()), { signal: controller.signal })) {
        answers.push(answer)
        if (answers.length === 3) controller.abort(new Error('enough'))
      }
    }
    await expect(reading()).rejects.toThrow('enough')
    expect(answers).toHaveLength(3)
    expect(isClosed).toBe(true)
  })
})

describe('the command', () => {
  beforeAll(requireBuild)

  const start = (args: ReadonlyArray<string>, input: string | Uint8Array = ''): Run => {
    const options = { cwd: tmpdir(), env: environment(), encoding: 'utf8', input, maxBuffer: 1 << 28 } as const
    const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], options)
    return { status, stdout, stderr }
  }

  const records = (text: string): ReadonlyArray<Record<string, unknown>> =>
    text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line))

  const lines = snapshots.map(stringify)
  const decisions = snapshots.flatMap(decide)

  it('decides a file, or what comes on standard input', () =>
    withFolder((folder) => {
      const file = join(folder, 'snapshots.ndjson')
      writeFileSync(file, lines.join('\r\n'))
      const fromFile = start(['--catalog', catalogFile, '--snapshots', file])
      expect({ ...fromFile, stdout: records(fromFile.stdout) }).toEqual({ status: 0, stdout: decisions, stderr: '' })
      expect(start(['--catalog', catalogFile], `${lines.join('\n')}\n`)).toEqual(fromFile)
    }))

  it('tells what it rejects by its line, masked, and decides the rest', () => {
    const secret = 'AAAAA-BBBBB-CCCCC-DDDDD'
    const bad = stringify({
      computer: { id: 'pc', name: 'PC' },
      installations: [{ id: 'i', product: 7, installationKey: secret }],
    })
    const long = stringify({ computer: { id: 'pc', name: 'x'.repeat(1 << 20) } })
    const [first = '', ...others] = lines
    const input = [first, '', `{"computer": "${secret}`, bad, long, ...others].join('\n')
    const { status, stdout, stderr } = start(['--catalog', catalogFile, '--progress'], input)
    expect(status).toBe(1)
    expect(records(stdout)).toEqual(decisions)
    expect(stderr).not.toContain(secret)
    const told = records(stderr)
    expect(told.slice(0, 3).map(({ line, code, path }) => [line, code, path])).toEqual([
      [3, 'syntax', ''],
      [4, 'type', 'installations[0].product'],
      [5, 'too-long', ''],
    ])
    expect(told.slice(3)).toEqual([
      { progress: { lines: lines.length + 3, decisions: decisions.length, rejections: 3 } },
    ])
  })

  it('tells how it is used', () => {
    const help = start(['--help'])
    expect(help).toMatchObject({ status: 0, stderr: '' })
    expect(help.stdout).toContain('--catalog FILE')
    for (const args of [[], ['--snapshots', 'x'], ['--catalog'], ['--catalog', catalogFile, '--unknown']]) {
      const { status, stdout, stderr } = start(args)
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
      expect(stderr).toContain('Usage: ')
    }
  })

  it('decides nothing by a catalog that is none or contradicts itself, or of a file that is not there', () =>
    withFolder((folder) => {
      const file = join(folder, 'catalog.json')
      for (const [content, reason] of [
        ['[]', 'is no catalog'],
        ['{', 'is not JSON'],
        [stringify({ organizations: [{ id: 'a', name: 'A', parent: 'b' }], software: [], licenses: [] }), 'orphan'],
      ] as const) {
        writeFileSync(file, content)
        const { status, stdout, stderr } = start(['--catalog', file], lines[0])
        expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
        expect(stderr).toContain(reason)
      }
      const missing = start(['--catalog', catalogFile, '--snapshots', join(folder, 'missing')])
      expect(missing).toMatchObject({ status: 2, stdout: '' })
      expect(missing.stderr).toContain('cannot be read, ENOENT')
    }))

  it('is interrupted after a whole line, though more may come', async () => {
    const child = spawn(process.execPath, [main, '--catalog', catalogFile], { cwd: tmpdir(), env: environment() })
    const written = { stdout: '', stderr: '' }
    child.stderr.on('data', (chunk: Buffer) => (written.stderr += chunk.toString()))
    child.stdout.on('data', (chunk: Buffer) => {
      if (written.stdout === '') child.kill('SIGINT')
      written.stdout += chunk.toString()
    })
    child.stdin.on('error', () => undefined)
    child.stdin.write(`${lines.join('\n')}\n${lines[0]?.slice(0, 20) ?? ''}`)
    const [status] = await once(child, 'close')
    expect({ status, stderr: written.stderr }).toEqual({ status: 130, stderr: '' })
    expect(written.stdout.endsWith('\n')).toBe(true)
    const found = records(written.stdout)
    expect(found).toEqual(decisions.slice(0, found.length))
  })

  it('ends quietly when nobody reads on', async () => {
    const child = spawn(process.execPath, [main, '--catalog', catalogFile], { cwd: tmpdir(), env: environment() })
    let told = ''
    child.stderr.on('data', (chunk: Buffer) => (told += chunk.toString()))
    child.stdin.on('error', () => undefined)
    child.stdout.destroy()
    // Standard input stays open: what ends the command is that nobody reads.
    child.stdin.write(`${lines.join('\n')}\n`)
    const [status] = await once(child, 'close')
    expect({ status, told }).toEqual({ status: 0, told: '' })
  })
})
