import { serve } from '@hono/node-server'
import { announce, readPage, readSettings, signIn, userOf } from '@stagedoor/example-vanilla/front'
import { createTokenEndpoint } from '@stagedoor/token-endpoint'
import { toHonoHandler } from '@stagedoor/token-endpoint/hono'
import { Hono } from 'hono'

const settings = readSettings()
const { apiKey, secret } = settings
const endpoint = createTokenEndpoint({ apiKey, secret, authenticate: ({ headers }) => userOf(headers.get('cookie')) })

const app = new Hono()
app.all('/token', toHonoHandler(endpoint))
app.post('/sign-in', (context) => context.body(null, 204, { 'set-cookie': signIn(context.req.query('name')) }))
for (const [address, { type, body }] of await readPage(settings)) {
  app.get(address, (context) => context.body(body, 200, { 'content-type': type }))
}

serve({ fetch: app.fetch, hostname: '127.0.0.1', port: settings.port }, ({ port }) => announce(port))
