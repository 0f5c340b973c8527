import { AccessToken } from '@stagedoor/access-token'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stagedoor, stagedoorJson, startPlatformIn } from '../fixtures/platform.fixture.ts'
import { register } from '../fixtures/raw-client.fixture.ts'
import { ENGINES, type Stage, setStage } from '../sessions/stage.fixture.ts'

const KILLS = 8

describe.each(ENGINES)('on %s, a token for a single use', (engine) => {
  let stage: Stage
  let key: { readonly apiKey: string; readonly secret: string }
  beforeAll(async () => {
    stage = await setStage(engine)
    key = await stagedoorJson(['key', 'create'], stage.data, stage.environment)
    await stagedoor(['policy', 'set', key.apiKey, '--single-use', '--data', stage.data], '', stage.environment)
  })
  afterAll(() => stage?.remove())

  const mint = () => new AccessToken(key.apiKey, key.secret, { apiRTC_UserAgent_Id: 'alice' }).toJwt()

  async function attempt(url: string, token: string): Promise<string> {
    const { client, answer } = await register(url, key.apiKey, 'alice', token)
    client.socket.terminate()
    return answer.type === 'refused' ? answer.code : answer.type
  }

  it.each(['SIGTERM', 'SIGKILL'] as const)(
    'is used after the platform was ended with %s, and started again',
    async (signal) => {
      const platform = await startPlatformIn(stage.environment, stage.data)
      const tokens = Array.from({ length: 20 }, mint)
      const first = await Promise.all(tokens.map((token) => attempt(platform.url, token)))
      expect(new Set(first)).toEqual(new Set(['registered']))
      await platform.stop(signal)
      const next = await startPlatformIn(stage.environment, stage.data)
      const second = await Promise.all(tokens.map((token) => attempt(next.url, token)))
      expect(new Set(second)).toEqual(new Set(['token_already_used']))
      expect(await attempt(next.url, mint())).toBe('registered')
      await next.stop()
    },
  )

  it('is used once it has opened a session, where the platform is killed in that very moment', {
    timeout: 120_000,
  }, async () => {
    for (let round = 0; round < KILLS; round++) {
      const platform = await startPlatformIn(stage.environment, stage.data)
      const tokens = Array.from({ length: 8 }, mint)
      // Killed when the first is acknowledged; of the others it counts what has been by then.
      const acknowledged: string[] = []
      let killed: Promise<unknown> | undefined
      const attempts = tokens.map(async (token) => {
        const { answer } = await register(platform.url, key.apiKey, 'alice', token)
        if (answer.type !== 'registered') return
        acknowledged.push(token)
        killed ??= platform.stop('SIGKILL')
      })
      await Promise.race([Promise.all(attempts), Promise.any(attempts)])
      await killed
      expect(acknowledged.length).toBeGreaterThan(0)
      const next = await startPlatformIn(stage.environment, stage.data)
      const again = await Promise.all(acknowledged.map((token) => attempt(next.url, token)))
      expect(again).toEqual(acknowledged.map(() => 'token_already_used'))
      await next.stop()
      void Promise.allSettled(attempts)
    }
  })
})
