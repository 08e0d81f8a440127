/**
 * Defects are found where they are, and nowhere else (properties B6 and B7).
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { collections, COMPUTER, entry } from '../hostile/entries.js'
import { expectShowable } from '../hostile/plant.js'
import { allFields, stepsOf, valueAt, withValueAt, written } from './fields.js'

describe('a defect is found where it was planted', () => {
  test.each(
    allFields.map((field) => [`${field.collection}${written(field.path).replace(/^(?=\.)/, ': ')}`, field] as const),
  )('in %s', (_, { collection, path, wrong }) => {
    const each = entry[collection]
    for (const { make, code, inJson } of wrong) {
      const records = [each.good('r-0'), withValueAt(path, each.good('r-1'), make()), each.good('r-2')]
      const seen = each.decode(records)
      expect(seen.rejections.map((found) => [found.code, found.path])).toEqual([
        [code, `${each.path(1)}${written(path)}`],
      ])
      expect(seen.ids).toEqual(['r-0', 'r-2'])
      expectShowable(seen.rejections)
      if (inJson) expect(each.parse(JSON.stringify(records)).whole).toEqual(seen.whole)
    }
  })

  const defectOf = (name: keyof typeof entry) => {
    const fields = allFields.filter(({ collection }) => collection === name)
    return fc
      .constantFrom(...fields.keys())
      .chain((at) => fc.tuple(fc.constant(at), fc.nat(fields[at]!.wrong.length - 1)))
      .map(([at, nth]) => ({
        path: fields[at]!.path,
        ...fields[at]!.wrong[nth]!,
        toString: () => `defect ${at}.${nth}`,
      }))
  }

  test.each(collections)('exactly the records with a defect are rejected, each for its own, among %s (B7)', (name) => {
    const { decode, good, path } = entry[name]
    fc.assert(
      fc.property(fc.array(fc.option(defectOf(name)), { maxLength: 8 }), (defects) => {
        const records = defects.map((defect, at) =>
          defect === null ? good(`r-${at}`) : withValueAt(defect.path, good(`r-${at}`), defect.make()),
        )
        const expected = defects.flatMap((defect, at) =>
          defect === null ? [] : [[defect.code, `${path(at)}${written(defect.path)}`]],
        )
        const seen = decode(records)
        expect(seen.rejections.map((each) => [each.code, each.path])).toEqual(expected)
        expect(seen.ids).toEqual(defects.flatMap((defect, at) => (defect === null ? [`r-${at}`] : [])))
        if (name === 'installations') expect(seen.incomplete).toEqual(expected.length === 0 ? [] : [COMPUTER])
      }),
    )
  })

  test.each(collections)(
    'the path of a rejection leads to the value, and mending it there ends it, among %s (B6)',
    (name) => {
      const { decode, good, path } = entry[name]
      fc.assert(
        // That the list of installations of a bad snapshot is no list is a test of its own, below.
        fc.property(fc.array(defectOf(name), { minLength: 1, maxLength: 4 }), (planted) => {
          const defects = planted.filter(({ path: [field] }) => field !== 'installations')
          fc.pre(defects.length > 0)
          // Which fields a distribution has to have goes by its method: to mend that asks for others.
          fc.pre(planted.filter(({ path: [field] }) => field === 'distribution').length < 2)
          const whole = good('r-1')
          const bad = defects.reduce<unknown>(
            (record, defect) => withValueAt(defect.path, record, defect.make()),
            whole,
          )
          const before = decode([good('r-0'), bad]).rejections
          // A defect can undo another, as one within a Map that stood for a record.
          fc.pre(before.length > 0)
          for (const rejection of before) {
            expect(rejection.path.startsWith(path(1))).toBe(true)
            const steps = stepsOf(rejection.path.slice(path(1).length))
            const found = valueAt(steps, bad)
            expect(found === undefined).toBe(rejection.code === 'missing')
            const mended = withValueAt(steps, bad, valueAt(steps, whole))
            const after = decode([good('r-0'), mended]).rejections
            expect(after).toEqual(
              before
                .filter((other) => other !== rejection)
                .map((other) => ({
                  ...other,
                  // A mended id is known from then on.
                  ...(steps.at(-1) === 'id' || steps.at(-1) === 'computer' ? { id: 'r-1' } : {}),
                })),
            )
          }
        }),
      )
    },
  )

  test('in a snapshot and in its list of installations at once (B6)', () => {
    const { rejections } = entry.snapshots.decode([{ computer: { id: 'pc-1' }, installations: 7 }])
    expect(rejections.map(({ code, path }) => [code, path])).toEqual([
      ['missing', 'snapshots[0].computer.name'],
      ['type', 'snapshots[0].installations'],
    ])
  })
})
