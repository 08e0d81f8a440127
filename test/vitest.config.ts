import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const fromRoot = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url))

export default defineConfig(({ mode }) => ({
  root: fromRoot('.'),
  resolve: {
    // Tests and examples name the package as its users do, and get the sources, without a build.
    alias: [
      { find: /^seatwise$/, replacement: fromRoot('src/index.ts') },
      { find: /^seatwise\/allocation$/, replacement: fromRoot('src/allocation/index.ts') },
      { find: /^seatwise\/deployment$/, replacement: fromRoot('src/deployment/index.ts') },
    ],
  },
  test: {
    environment: 'node',
    setupFiles: mode === 'explore' ? [] : [fromRoot('test/seed.ts')],
    include: ['test/**/*.test.ts'],
    exclude: ['test/consumer/**', '**/.generated/**'],
    // No module has a state of its own, so files may share a worker: half the time.
    isolate: false,
    // One for each core: a run waits for nothing else.
    maxWorkers: '100%',
    watch: false,
    silent: 'passed-only',
    slowTestThreshold: 10_000,
    testTimeout: 300_000,
    hookTimeout: 300_000,
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      reporter: ['text', 'html'],
      reportsDirectory: fromRoot('coverage'),
    },
  },
}))
