import { defineConfig } from 'vitest/config'

// Unit tests run on the sources; the condition makes our packages resolve to them. Journeys run on what is built, as it is shipped.
const conditions = ['@stagedoor/source']

// Journeys that load the machine, measure how long something takes on it, or write into the checkout: each runs alone.
const ALONE = [
  'robustness/abuse',
  'robustness/aborted-connections',
  'dashboard/crowd',
  'dashboard/pictures',
  'documentation/documentation-site',
  'robustness/garbage',
  'robustness/kill',
  'store/master-key',
  'documentation/packages',
].map((name) => `tests/src/${name}.test.ts`)

const journey = { testTimeout: 60_000, hookTimeout: 60_000 }

export default defineConfig({
  test: {
    projects: [
      {
        resolve: { conditions },
        ssr: { resolve: { conditions, externalConditions: conditions } },
        test: {
          name: 'unit',
          // For a busy machine, where a test of milliseconds may wait for its turn.
          testTimeout: 20_000,
          include: [
            '{packages,apps,bench}/*/src/**/*.test.ts',
            'bench/src/**/*.test.ts',
            'docs/.vitepress/**/*.test.ts',
            'scripts/*.test.mjs',
          ],
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...journey,
          name: 'journeys',
          include: ['tests/src/**/*.test.ts'],
          exclude: ALONE,
          // Most of the time a journey waits: for a browser, a process, a moment.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: { ...journey, name: 'alone', include: ALONE, fileParallelism: false, sequence: { groupOrder: 2 } },
      },
    ],
  },
})
