import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import process from 'node:process'
import next from 'next'

const { API_KEY, SECRET, PORT = '4431' } = process.env
const dev = process.argv.includes('--dev')
const dir = import.meta.dirname

if (!API_KEY || !SECRET) {
  process.stderr.write('Set API_KEY and SECRET: npx stagedoor key create --name "Example" makes them.\n')
  process.exit(2)
}
process.env.STAGEDOOR_URL ??= 'http://127.0.0.1:4420'
process.env.SESSION_KEY ??= randomBytes(32).toString('base64url')
process.env.NEXT_TELEMETRY_DISABLED = '1'

if (!dev) build()
const app = next({ dev, dir })
await app.prepare()
const server = createServer(app.getRequestHandler())
server.listen(Number(PORT), '127.0.0.1', () => {
  process.stdout.write(`\n  Open http://127.0.0.1:${server.address().port} in two browsers.\n\n`)
})

/** As it is done where it is shipped from: without the secret. */
function build() {
  const { SECRET: _secret, API_KEY: _apiKey, ...env } = process.env
  const command = createRequire(import.meta.url).resolve('next/dist/bin/next')
  const { status } = spawnSync(process.execPath, [command, 'build'], { cwd: dir, env, stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
