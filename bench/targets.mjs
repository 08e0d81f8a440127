// @ts-check
/**
 * The ratios that the library is held against, and what each means. Figures that no ratio says are targets of this kind of
 * machine, and told beside.
 */

/** @typedef {{ means: string, target: number, better: 'less' | 'more' }} Target */

/** @type {Readonly<Record<string, Target>>} */
export const TARGETS = {
  objectsOverFloor: { means: 'decision objects of objects, over the object floor', target: 3, better: 'less' },
  codesOverFloor: { means: 'decision codes of objects, over the object floor', target: 2.2, better: 'less' },
  columnsOverFloor: { means: 'codes of columns interned before, over the object floor', target: 0.45, better: 'less' },
  textOverParse: { means: 'one JSON document to decisions, over JSON.parse', target: 2, better: 'less' },
  streamOverParse: { means: 'JSON record by record to decisions, over JSON.parse', target: 1.6, better: 'less' },
  decodeOverIoTs: { means: 'decoding foreign objects, over io-ts', target: 1, better: 'less' },
  decodeOverZod: { means: 'decoding foreign objects, over zod', target: 3, better: 'less' },
  growthOverLicenses: { means: 'an installation with the most licenses, over the fewest', target: 2, better: 'less' },
  runOverBatch: { means: 'a run with earlier allocations, over the plain batch', target: 2, better: 'less' },
  enforcedOverBatch: { means: 'the same with enforced capacity', target: 3, better: 'less' },
  sessionStepOverRun: {
    means: 'a Session after 1 % of the snapshots changed, over a run',
    target: 0.05,
    better: 'less',
  },
  duckdb1: { means: 'ahead of DuckDB on one thread, objects to objects', target: 14, better: 'more' },
  duckdb2: { means: 'ahead of DuckDB on two threads', target: 8, better: 'more' },
  sqlite: { means: 'ahead of SQLite', target: 25, better: 'more' },
  fastestRuleEngine: { means: 'ahead of the fastest rule engine from npm', target: 60, better: 'more' },
  jsonRulesEngine: { means: 'ahead of json-rules-engine', target: 400, better: 'more' },
  twoWorkers: { means: 'two workers ahead of one, bytes of NDJSON to codes', target: 1.8, better: 'more' },
}

/** @type {Readonly<Record<string, Target & { unit: string }>>} */
export const FIGURES = {
  compile: { means: 'compiling, cold, in a process of its own', target: 6, better: 'less', unit: 'µs a license' },
  plan: { means: 'planning an estate with 200 packs', target: 1, better: 'less', unit: 'µs a decision' },
  year: { means: 'a year of daily checks of 100,000 devices', target: 3, better: 'less', unit: 's' },
}

/** @type {(target: Target | undefined, value: number) => boolean | undefined} */
export const isMet = (target, value) =>
  target === undefined ? undefined : target.better === 'less' ? value <= target.target : value >= target.target
