import { announce, readPage, readSettings, signIn, userOf } from '@stagedoor/example-vanilla/front'
import { createTokenEndpoint } from '@stagedoor/token-endpoint'
import { toNodeListener } from '@stagedoor/token-endpoint/node'
import express from 'express'

const settings = readSettings()
const { apiKey, secret } = settings
const endpoint = createTokenEndpoint({ apiKey, secret, authenticate: ({ headers }) => userOf(headers.get('cookie')) })

const app = express()
app.use('/token', toNodeListener(endpoint))
app.post('/sign-in', (req, res) => res.set('set-cookie', signIn(req.query.name)).status(204).end())
for (const [address, { type, body }] of await readPage(settings))
  app.get(address, (_req, res) => res.type(type).send(body))

const server = app.listen(settings.port, '127.0.0.1', () => announce(server.address().port))
