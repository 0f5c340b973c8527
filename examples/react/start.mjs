import process from 'node:process'
import { listen, startBackEnd } from './back-end.mjs'
import { startProvider } from './provider.mjs'

const {
  API_KEY,
  SECRET,
  STAGEDOOR_URL = 'http://127.0.0.1:4420',
  PORT = '4431',
  PROVIDER_PORT = '4430',
  TTL = '60',
} = process.env
if (!API_KEY || !SECRET) {
  process.stderr.write('Set API_KEY and SECRET: npx stagedoor key create --name "React" makes them.\n')
  process.exit(2)
}

const server = await listen(Number(PORT))
const page = `http://127.0.0.1:${server.address().port}`
const { issuer } = await startProvider(Number(PROVIDER_PORT), page)
await startBackEnd(server, { issuer, apiKey: API_KEY, secret: SECRET, ttl: Number(TTL), platform: STAGEDOOR_URL })
process.stdout.write(`\n  Open ${page} in two browsers. The provider at ${issuer} takes any name and password.\n\n`)
