// The OpenAPI document that the server of this build answers with.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPlatform } from '../apps/server/dist/main.js'
import { createLog } from '../apps/server/dist/observe/log.js'

export async function fetchOpenApiDocument() {
  const dataFolder = mkdtempSync(join(tmpdir(), 'stagedoor-schema-'))
  const log = createLog({ level: 'silent', pretty: false })
  const platform = await startPlatform({ dataFolder, host: '127.0.0.1', port: 0, trustedProxies: [], log })
  try {
    const answer = await fetch(`${platform.url}/api/v1/openapi.json`)
    return await answer.json()
  } finally {
    await platform.close()
    rmSync(dataFolder, { recursive: true, force: true })
  }
}
