import { defineConfig } from 'vitest/config'

// Unit tests run on the sources; the condition makes the packages of this house resolve to them. Journeys run on what is
// built, as it is shipped.
const conditions = ['@stagedoor/source']

export default defineConfig({
  test: {
    projects: [
      {
        resolve: { conditions },
        ssr: { resolve: { conditions, externalConditions: conditions } },
        test: {
          name: 'unit',
          include: [
            '{packages,apps,bench}/*/src/**/*.test.ts',
            'bench/src/**/*.test.ts',
            'docs/.vitepress/**/*.test.ts',
          ],
        },
      },
      {
        test: {
          name: 'journeys',
          include: ['tests/src/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
