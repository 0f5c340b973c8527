import { createServer } from 'node:http'
import { announce, readPage, readSettings, signIn, userOf } from '@stagedoor/example-vanilla/front'
import { createTokenEndpoint } from '@stagedoor/token-endpoint'
import { toNodeListener } from '@stagedoor/token-endpoint/node'

const settings = readSettings()
const { apiKey, secret } = settings
const endpoint = createTokenEndpoint({ apiKey, secret, authenticate: ({ headers }) => userOf(headers.get('cookie')) })
const token = toNodeListener(endpoint)
const page = await readPage(settings)

const server = createServer(async (req, res) => {
  const { pathname, searchParams } = new URL(req.url, 'http://localhost')
  if (pathname === '/token') return token(req, res)
  if (pathname === '/sign-in' && req.method === 'POST') {
    return res.writeHead(204, { 'set-cookie': signIn(searchParams.get('name')) }).end()
  }
  const file = page.get(pathname)
  if (file === undefined) return res.writeHead(404).end()
  res.writeHead(200, { 'content-type': file.type }).end(file.body)
})
server.listen(settings.port, '127.0.0.1', () => announce(server.address().port))
