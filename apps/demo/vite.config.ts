import { fileURLToPath } from 'node:url'
import { defaultClientConditions, defineConfig } from 'vite'

// The server serves the page at `demo/` below its base path, out of its own folder. The condition takes the client from its sources.
export default defineConfig({
  base: './',
  resolve: { conditions: ['@stagedoor/source', ...defaultClientConditions] },
  build: {
    outDir: fileURLToPath(new URL('../server/public/demo', import.meta.url)),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
})
