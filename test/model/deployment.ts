// A model of license deployment, read off deployment.md: brute force, no caching, on the wire format of FORMAT.md. It
// shares nothing with the library. Input is well-formed and without contradictions; exact duplicates may occur.
export * from './deployment/effects.js'
export * from './deployment/plan.js'
export * from './deployment/records.js'
export * from './deployment/simulation.js'
