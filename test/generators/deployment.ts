/**
 * Worlds of license deployment in the wire format, without contradictions: estates at an instant, and estates over time.
 */
export { isOfTarget } from './deployment/arranged.js'
export { estateWith, randomEstate, unarrangedEstateWorld, type EstateWorld } from './deployment/estate.js'
export { simulationWorld } from './deployment/simulation.js'
export {
  ACTIONS,
  arrangedEstate,
  arrangedFor,
  estateWorld,
  REASONS,
  TARGETS,
  type ArrangedWorld,
  type Target,
} from './deployment/target.js'
export { daysFrom, later, type Day } from './deployment/words.js'
