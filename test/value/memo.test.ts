import { expect, test } from 'vitest'
import { memo, recall } from '../../src/value/Memo.js'

test('an answer is given again without asking, until there are too many of them', () => {
  const asked: Array<string | undefined> = []
  const lengths = memo<string | undefined, number | undefined>(2)
  const length = (text: string | undefined) =>
    recall(lengths, text, () => {
      asked.push(text)
      return text?.length
    })
  expect(['a', undefined, 'a', undefined, 'ab', 'a'].map(length)).toEqual([1, undefined, 1, undefined, 2, 1])
  expect(asked).toEqual(['a', undefined, 'ab', 'a'])
})
