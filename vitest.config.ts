import { defineConfig } from 'vitest/config';

export default defineConfig({
  // vite would take graphql's "module" build for our files while yoga, loaded by Node, takes "main": two copies, and instanceof fails.
  resolve: { alias: { graphql: new URL('./node_modules/graphql/index.js', import.meta.url).pathname } },
  test: {
    include: ['**/*.test.ts'],
    exclude: ['node_modules/**', 'data/**'],
    globalSetup: ['./test/global-setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    pool: 'forks',
  },
});
