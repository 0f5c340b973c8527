import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { createApiKey } from '../../../apps/server/dist/keyring/keys.js'
import { startPlatform } from '../../../apps/server/dist/main.js'
import { createLog } from '../../../apps/server/dist/observe/log.js'
import { openStore } from '../../../apps/server/dist/store/open.js'
import { serveDoor } from './door.mjs'

const dataFolder = mkdtempSync(join(tmpdir(), 'stagedoor-bench-'))
process.on('exit', () => rmSync(dataFolder, { recursive: true, force: true }))

const office = await openStore({ dataFolder })
const { secret } = await createApiKey({ ...office, now: () => Date.now() / 1000 }, { name: 'Bench' })
await office.store.close()
const { url } = await startPlatform({
  dataFolder,
  host: '127.0.0.1',
  port: 0,
  dev: false,
  demo: false,
  publicUrl: undefined,
  log: createLog({ level: 'info', pretty: false }),
})
serveDoor({ port: Number(new URL(url).port), apiKey: secret.apiKey, secret: secret.secret })
