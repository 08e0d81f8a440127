/**
 * Answers that are remembered, for a while: when there are too many, all are forgotten, so that nothing is kept for good.
 *
 * Law: `recall` gives what `answer` gives, where it gives the same for the same question.
 */

/** So many answers are remembered. */
export const MOST_REMEMBERED = 4_096

/** Remembers at most so many answers. */
export interface Memo<A, B> {
  readonly most: number
  readonly answers: Map<A, B>
}

export const memo = <A, B>(most = MOST_REMEMBERED): Memo<A, B> => ({ most, answers: new Map() })

/** The answer that is remembered, or a new one, which then is. */
export const recall = <A, B>({ most, answers }: Memo<A, B>, question: A, answer: () => B): B => {
  const known = answers.get(question)
  if (known !== undefined || answers.has(question)) return known as B
  const said = answer()
  if (answers.size >= most) answers.clear()
  answers.set(question, said)
  return said
}
