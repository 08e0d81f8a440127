/**
 * What would have to change for an installation to be allocated, or to be allocated a given license (properties.md, G3 to
 * G5): all the smallest sets of remedies up to a bound, each made and decided anew.
 *
 * Laws:
 *
 * 1. Soundness: the records with the remedies of an answer are decided as the answer says
 * 2. Minimality: no proper subset of the remedies of an answer is enough
 * 3. Completeness: where there is no answer, no set of remedies of the space up to the bound is enough (space.ts)
 * 4. Irrelevance: the order of the records does not matter
 * 5. Secrecy: no serial number or installation key is in it
 *
 * @since 0.1.0
 */
import { E, O, type RNEA } from '../../prelude.js'
import type { Catalog } from '../../record/Catalog.js'
import type { RuleName } from '../../record/Decision.js'
import type { Rejection } from '../../record/Rejection.js'
import { boundOf } from '../../rule/Counterfactual.js'
import { choicesOf, type Options } from '../options.js'
import { prepare } from '../prepare.js'
import type { WouldAllocate } from './answer.js'
import { cutTo } from './cut.js'
import { answersForAny, answersForOne, decided } from './search.js'
import { termsOf, unitsNamed } from './values.js'

/**
 * Prepares to say what would have to change, for decisions made with the same options on the same catalog, or says what
 * contradicts itself (ALLOC-47). It is a fresh decision that is asked about: what an earlier run left, and what is left of a
 * license, no single snapshot knows.
 *
 * A question looks at the licenses of one tracked software alone. With no license named, what is in no tracked software
 * has no answer but where a retired one holds the product: name a license, and its tracked software is meant.
 *
 * @example
 * import assert from 'node:assert'
 * import { either as E, function as F, option as O } from 'fp-ts'
 * import { Allocation, AuditSnapshot, Catalog } from 'seatwise'
 *
 * const { right: catalog } = Catalog.decode({
 *   locations: [{ id: 'bne', name: 'Brisbane' }, { id: 'syd', name: 'Sydney' }],
 *   software: [{ id: 'visio', name: 'Visio', products: ['Visio 2024'] }],
 *   licenses: [{ id: 'L-1', name: 'Visio', software: 'visio', restrictions: { location: { unit: 'Brisbane' } } }],
 * })
 * const { right: snapshots } = AuditSnapshot.decodeAll([
 *   { computer: { id: 'pc-1', name: 'PC-1' }, location: 'Sydney', installations: [{ id: 'i-1', product: 'Visio 2024' }] },
 * ])
 * const told = F.pipe(
 *   Allocation.wouldAllocate({ mainLicense: 'honor-restrictions' })(catalog),
 *   E.map((would) => snapshots.map((snapshot) => F.pipe(
 *     would(snapshot, 'i-1', { license: 'L-1', bound: 1 }),
 *     O.map(({ answers }) => answers.map(({ remedies }) => remedies.map((remedy) => Allocation.renderRemedy(remedy, catalog)).join(', '))),
 *   ))),
 * )
 * assert.deepStrictEqual(told, E.right([O.some([
 *   'set the location of `pc-1` to `Brisbane`',
 *   'add `PC-1` to the devices of `L-1`',
 *   'restrict `L-1` to the location `Sydney`',
 * ])]))
 *
 * @since 0.1.0
 */
export const wouldAllocate =
  <Name extends string = RuleName>(options: Options<Name> = {}) =>
  (catalog: Catalog): E.Either<RNEA.ReadonlyNonEmptyArray<Rejection>, WouldAllocate<Name>> =>
    E.map((): WouldAllocate<Name> => {
      const terms = termsOf(options, catalog)
      const { index } = terms
      return (snapshot, id, { license: asked, bound: given } = {}) => {
        const installation = snapshot.installations?.find((each) => each.id === id)
        const license = asked === undefined ? undefined : index.license(asked)
        if (installation === undefined || (asked !== undefined && license === undefined)) return O.none
        const cut = cutTo(index)(snapshot, installation, license, (licenses) =>
          unitsNamed(terms, license === undefined ? licenses : [license], licenses),
        )
        const decision = decided(options, cut)
        if (decision === undefined) return O.none
        const bound = boundOf(given)
        const answers =
          license === undefined
            ? decision.outcome === 'allocated'
              ? [{ remedies: [], decision }]
              : answersForAny(options, terms, cut, bound)
            : answersForOne(options, terms, cut, license, bound)
        return O.some({
          computer: snapshot.computer.id,
          installation: installation.id,
          ...(license === undefined ? {} : { license: license.id }),
          bound,
          decision,
          answers,
        })
      }
    })(prepare(choicesOf(options))(catalog))
