import { createServer } from 'node:http'
import { createTokenEndpoint } from '@stagedoor/token-endpoint'
import { toNodeListener } from '@stagedoor/token-endpoint/node'
import { oidc } from '@stagedoor/token-endpoint/oidc'
import react from '@vitejs/plugin-react'
import { createServer as createVite } from 'vite'
import { CLIENT_ID } from './provider.mjs'

/** The application's back end: `/token` for signed-in users, and the page. */
export async function startBackEnd(server, { issuer, apiKey, secret, ttl, platform }) {
  const endpoint = createTokenEndpoint({
    apiKey,
    secret,
    ttl,
    authenticate: oidc({ issuer, audience: CLIENT_ID }),
  })
  const answer = toNodeListener(endpoint)
  const vite = await createVite({
    root: import.meta.dirname,
    configFile: false,
    plugins: [react()],
    appType: 'spa',
    logLevel: 'warn',
    // The page learns what it may know: nothing of the secret.
    define: { __SETTINGS__: JSON.stringify({ issuer, clientId: CLIENT_ID, apiKey, platform }) },
    server: { middlewareMode: true, hmr: { server } },
    optimizeDeps: { exclude: ['@stagedoor/client'] },
  })
  server.on('request', (req, res) => {
    if (req.url === '/token') void answer(req, res)
    else vite.middlewares(req, res)
  })
  return { close: () => vite.close() }
}

export function listen(port) {
  const server = createServer()
  return new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(server)))
}
