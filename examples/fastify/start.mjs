import { announce, readPage, readSettings, signIn, userOf } from '@stagedoor/example-vanilla/front'
import { createTokenEndpoint } from '@stagedoor/token-endpoint'
import { tokenEndpointPlugin } from '@stagedoor/token-endpoint/fastify'
import Fastify from 'fastify'

const settings = readSettings()
const { apiKey, secret } = settings
const endpoint = createTokenEndpoint({ apiKey, secret, authenticate: ({ headers }) => userOf(headers.get('cookie')) })

const app = Fastify()
await app.register(tokenEndpointPlugin, { endpoint, path: '/token' })
app.post('/sign-in', (request, reply) => reply.header('set-cookie', signIn(request.query.name)).code(204).send())
for (const [address, { type, body }] of await readPage(settings))
  app.get(address, (_request, reply) => reply.type(type).send(body))

await app.listen({ host: '127.0.0.1', port: settings.port })
announce(app.server.address().port)
