import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    environment: 'node',
    include: ['test/consumer/*.test.ts'],
    watch: false,
    testTimeout: 120_000,
    hookTimeout: 240_000,
  },
})
