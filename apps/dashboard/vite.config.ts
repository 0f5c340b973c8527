import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defaultClientConditions, defineConfig } from 'vite'

// The base path is not known at build time: files refer to each other by relative URLs, and the page, which is served at any depth,
// has a placeholder for it. The condition builds the API client from its sources. Nothing is inlined, since the content security
// policy blocks inline scripts and styles.
export default defineConfig({
  base: './',
  experimental: {
    renderBuiltUrl: (file, { hostType }) =>
      hostType === 'html' ? `__BASE_PATH__/dashboard/${file}` : { relative: true },
  },
  // The server replaces it with a new nonce for each response.
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
