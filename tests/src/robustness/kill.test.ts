import { spawn } from 'node:child_process'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { AccessToken } from '@stagedoor/access-token'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { StoreLocation } from '../../../apps/server/src/store/open.ts'
import { type Listed, stagedoorJson, startPlatformIn } from '../fixtures/platform.fixture.ts'
import { register } from '../fixtures/raw-client.fixture.ts'
import type { Made } from '../fixtures/shop.fixture.ts'
import { ENGINES, type Stage, setStage } from '../sessions/stage.fixture.ts'

const ROUNDS = 5

/** What was acknowledged. A token opens a session with what is made, and none with what is retired or revoked. */
interface Acknowledged {
  readonly what: 'made' | 'retired' | 'revoked'
  readonly secret: Made
  /** The token that is revoked. */
  readonly token?: string
}

// Makes API keys without end, each with two secrets that stay, one that is retired, and a token that is revoked, and says of
// each that it is done once that has been acknowledged.
const MAKE_KEYS = `
  const [location, openModule, keysModule, secretsModule, retireModule, revokeModule, tokenModule] = process.argv.slice(1)
  const { openStore } = await import(openModule)
  const { createApiKey } = await import(keysModule)
  const { createSecret } = await import(secretsModule)
  const { retireSigningKey } = await import(retireModule)
  const { revoke } = await import(revokeModule)
  const { AccessToken, inspectToken } = await import(tokenModule)
  const context = { ...(await openStore(JSON.parse(location))), now: () => Date.now() / 1000 }
  const tell = (what, secret, token) => process.stdout.write(JSON.stringify({ what, secret, token }) + '\\n')
  for (;;) {
    const { secret } = await createApiKey(context, { name: 'Shop' })
    const { apiKey, keyId } = secret
    tell('made', secret)
    tell('made', await createSecret(context, apiKey))
    const retired = await createSecret(context, apiKey)
    await retireSigningKey(context, apiKey, retired.keyId)
    tell('retired', retired)
    const token = new AccessToken(apiKey, secret.secret, { apiRTC_UserAgent_Id: 'alice', keyId }).toJwt()
    await revoke(context, apiKey, { kind: 'token', subject: inspectToken(token).payload.jti })
    tell('revoked', secret, token)
  }
`
const OPEN = new URL('../../../apps/server/dist/store/open.js', import.meta.url).href
const KEYS = new URL('../../../apps/server/dist/api-key/keys.js', import.meta.url).href
const SECRETS = new URL('../../../apps/server/dist/api-key/add-signing-key.js', import.meta.url).href
const RETIRE = new URL('../../../apps/server/dist/api-key/retire-signing-key.js', import.meta.url).href
const REVOKE = new URL('../../../apps/server/dist/api-key/revoke.js', import.meta.url).href
const TOKEN = import.meta.resolve('@stagedoor/access-token')

const ANSWERS = { made: 'registered', retired: 'token_invalid', revoked: 'token_revoked' }

function mint({ apiKey, keyId, secret }: Made): string {
  return new AccessToken(apiKey, secret, { apiRTC_UserAgent_Id: 'alice', keyId }).toJwt()
}

function makeKeys(location: StoreLocation) {
  const args = [JSON.stringify(location), OPEN, KEYS, SECRETS, RETIRE, REVOKE, TOKEN]
  const child = spawn(process.execPath, ['--input-type=module', '-e', MAKE_KEYS, ...args])
  let printed = ''
  child.stdout.on('data', (chunk) => {
    printed += chunk
  })
  const ended = new Promise((done) => child.on('close', done))
  return {
    async kill(): Promise<Acknowledged[]> {
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

    it('have lost nothing that was acknowledged: secrets open sessions, and what is retired or revoked opens none', {
      timeout: 120_000,
    }, async () => {
      const { data, environment, location, postgres } = stage
      const acknowledged: Acknowledged[] = []
      for (let round = 0; round < ROUNDS; round++) {
        const platform = await startPlatformIn(environment, data)
        const makers = [makeKeys(location), makeKeys(location)]
        await sleep(900 + round * 37)
        await platform.stop('SIGKILL')
        await postgres?.stop('SIGKILL')
        for (const maker of makers) acknowledged.push(...(await maker.kill()))
        await postgres?.start()
      }
      for (const kind of ['made', 'retired', 'revoked']) {
        expect(acknowledged.filter(({ what }) => what === kind).length).toBeGreaterThan(ROUNDS)
      }

      const platform = await startPlatformIn(environment, data)
      const { items } = await stagedoorJson<Listed<Made>>(['key', 'list'], data, environment)
      const names = new Set(items.map(({ apiKey }) => apiKey))
      expect(acknowledged.filter(({ secret }) => !names.has(secret.apiKey))).toEqual([])
      for (const { what, secret, token = mint(secret) } of acknowledged) {
        const { client, answer } = await register(platform.url, secret.apiKey, 'alice', token)
        expect([what, 'code' in answer ? answer.code : answer.type]).toEqual([what, ANSWERS[what]])
        client.socket.terminate()
      }
      await platform.stop()
    })
  },
)
