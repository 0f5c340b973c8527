import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { createApiKey } from '../../../apps/server/dist/api-key/keys.js'
import { revoke } from '../../../apps/server/dist/api-key/revoke.js'
import { startPlatform } from '../../../apps/server/dist/main.js'
import { createLog } from '../../../apps/server/dist/observe/log.js'
import { openStore } from '../../../apps/server/dist/store/open.js'
import { serveRegistrar } from './server.mjs'

const dataFolder = mkdtempSync(join(tmpdir(), 'stagedoor-bench-'))
process.on('exit', () => rmSync(dataFolder, { recursive: true, force: true }))

const context = { ...(await openStore({ dataFolder })), now: () => Date.now() / 1000 }
const { secret } = await createApiKey(context, { name: 'Bench' })
const { url } = await startPlatform({
  dataFolder,
  host: '127.0.0.1',
  port: 0,
  dev: false,
  demo: false,
  publicUrl: undefined,
  trustedProxies: [],
  metricsToken: undefined,
  log: createLog({ level: 'info', pretty: false }),
})
const facts = { port: Number(new URL(url).port), apiKey: secret.apiKey, secret: secret.secret }
serveRegistrar(facts, {
  // As the command line does, through a connection to the store of its own; timed from when it is acknowledged.
  async revoke(userId) {
    await revoke(
      context,
      facts.apiKey,
      userId ? { kind: 'user', subject: userId } : { kind: 'everything', subject: '' },
    )
    return { revokedAtMs: Date.now() }
  },
})
