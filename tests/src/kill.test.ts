import { spawn } from 'node:child_process'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { AccessToken } from '@stagedoor/access-token'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { StoreLocation } from '../../apps/server/src/store/open.ts'
import { register } from './knocker.fixture.ts'
import { stagedoorJson, startPlatformIn } from './platform.fixture.ts'
import { ENGINES, type Stage, setStage } from './stage.fixture.ts'

const ROUNDS = 5

interface Made {
  readonly apiKey: string
  readonly keyId: string
  readonly secret: string
}

// Makes API keys with two secrets each without end, and says of each secret that it is made once that has been acknowledged.
const MAKE_KEYS = `
  const [location, openModule, keysModule, secretsModule] = process.argv.slice(1)
  const { openStore } = await import(openModule)
  const { createApiKey } = await import(keysModule)
  const { createSecret } = await import(secretsModule)
  const office = { ...(await openStore(JSON.parse(location))), now: () => Date.now() / 1000 }
  const tell = (secret) => process.stdout.write(JSON.stringify(secret) + '\\n')
  for (;;) {
    const { secret } = await createApiKey(office, { name: 'Shop' })
    tell(secret)
    tell(await createSecret(office, secret.apiKey))
  }
`
const OPEN = new URL('../../apps/server/dist/store/open.js', import.meta.url).href
const KEYS = new URL('../../apps/server/dist/keyring/keys.js', import.meta.url).href
const SECRETS = new URL('../../apps/server/dist/keyring/add-signing-key.js', import.meta.url).href

function makeKeys(location: StoreLocation) {
  const args = [JSON.stringify(location), OPEN, KEYS, SECRETS]
  const child = spawn(process.execPath, ['--input-type=module', '-e', MAKE_KEYS, ...args])
  let printed = ''
  child.stdout.on('data', (chunk) => {
    printed += chunk
  })
  const ended = new Promise((done) => child.on('close', done))
  return {
    async kill(): Promise<Made[]> {
      child.kill('SIGKILL')
      await ended
      // The last line may be cut off, which then was not acknowledged.
      return printed
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line))
    },
  }
}

describe.each(ENGINES)(
  'on %s, a platform, makers of secrets and a database that are killed in the middle of it',
  (engine) => {
    let stage: Stage
    beforeAll(async () => {
      stage = await setStage(engine, { fsync: true })
    })
    afterAll(() => stage?.remove())

    it('have lost nothing that was acknowledged, and each secret opens a session', { timeout: 120_000 }, async () => {
      const { data, environment, location, postgres } = stage
      const acknowledged: Made[] = []
      for (let round = 0; round < ROUNDS; round++) {
        const platform = await startPlatformIn(environment, data)
        const makers = [makeKeys(location), makeKeys(location)]
        await sleep(900 + round * 37)
        await platform.stop('SIGKILL')
        await postgres?.stop('SIGKILL')
        for (const maker of makers) acknowledged.push(...(await maker.kill()))
        await postgres?.start()
      }
      expect(acknowledged.length).toBeGreaterThan(2 * ROUNDS)

      const platform = await startPlatformIn(environment, data)
      const listed = await stagedoorJson<Made[]>(['key', 'list'], data, environment)
      const names = new Set(listed.map(({ apiKey }) => apiKey))
      expect(acknowledged.filter(({ apiKey }) => !names.has(apiKey))).toEqual([])
      for (const { apiKey, keyId, secret } of acknowledged) {
        const token = new AccessToken(apiKey, secret, { apiRTC_UserAgent_Id: 'alice', keyId }).toJwt()
        const { knocker, answer } = await register(platform.url, apiKey, 'alice', token)
        expect(answer).toMatchObject({ type: 'registered' })
        knocker.socket.terminate()
      }
      await platform.stop()
    })
  },
)
