/**
 * Functions that remember what they said, for a while.
 *
 * Law: `remembering(n)(f)` says what `f` says, where `f` says the same of the same.
 */

/** Remembers at most so many answers. When there are more, all are forgotten: nothing is kept for good. */
export const remembering =
  (most: number) =>
  <A, B>(answer: (question: A) => B): ((question: A) => B) => {
    const answers = new Map<A, B>()
    return (question) => {
      const known = answers.get(question)
      if (known !== undefined || answers.has(question)) return known as B
      const said = answer(question)
      if (answers.size >= most) answers.clear()
      answers.set(question, said)
      return said
    }
  }
