import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defaultClientConditions, defineConfig } from 'vite'

// The server serves the dashboard below its base path, which is not known at build time: files refer to each other by relative URLs,
// and the page, which is served at any depth, has a placeholder for the base path. The condition takes the API's client from its sources.
// Nothing is inlined: the content security policy lets no inline script or style run.
export default defineConfig({
  base: './',
  experimental: {
    renderBuiltUrl: (file, { hostType }) =>
      hostType === 'html' ? `__BASE_PATH__/dashboard/${file}` : { relative: true },
  },
  // The server puts a nonce in its place, another one for each answer.
  html: { cspNonce: '__NONCE__' },
  plugins: [react()],
  resolve: { conditions: ['@stagedoor/source', ...defaultClientConditions] },
  build: {
    outDir: fileURLToPath(new URL('../server/public/dashboard', import.meta.url)),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
})
