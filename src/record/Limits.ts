/**
 * How much a decoder takes in and reports (FORMAT, *Rejections and warnings*).
 *
 * @since 0.1.0
 */

/**
 * Texts are measured in UTF-16 code units, depth in levels of nesting; of each collection so many `rejections` are
 * reported in full, and all of them counted.
 *
 * @since 0.1.0
 */
export interface Limits {
  readonly text: number
  readonly depth: number
  readonly rejections: number
}

/**
 * Texts of 65,536 code units, 64 levels, 1,000 rejections.
 *
 * @since 0.1.0
 */
export const defaultLimits: Limits = { text: 65_536, depth: 64, rejections: 1_000 }
