/**
 * What `npm test` draws is the same every time, so that a change is judged by what it changes. `npm run explore` draws anew.
 */
import fc from 'fast-check'

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 20_261_122 })
