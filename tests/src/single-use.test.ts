import { setTimeout as sleep } from 'node:timers/promises'
import { AccessToken } from '@stagedoor/access-token'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { register } from './knocker.fixture.ts'
import { stagedoor, stagedoorJson, startPlatformIn } from './platform.fixture.ts'
import { ENGINES, type Stage, setStage } from './stage.fixture.ts'

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

  async function knock(url: string, token: string): Promise<string> {
    const { knocker, answer } = await register(url, key.apiKey, 'alice', token)
    knocker.socket.terminate()
    return answer.type === 'refused' ? answer.code : answer.type
  }

  it.each([
    ['SIGTERM', 0],
    ['SIGKILL', 400],
  ] as const)('is used after the platform was ended with %s, and started again', async (signal, pauseMs) => {
    const platform = await startPlatformIn(stage.environment, stage.data)
    const tokens = Array.from({ length: 20 }, mint)
    const first = await Promise.all(tokens.map((token) => knock(platform.url, token)))
    expect(new Set(first)).toEqual(new Set(['registered']))
    await sleep(pauseMs)
    await platform.stop(signal)
    const next = await startPlatformIn(stage.environment, stage.data)
    const second = await Promise.all(tokens.map((token) => knock(next.url, token)))
    expect(new Set(second)).toEqual(new Set(['token_already_used']))
    expect(await knock(next.url, mint())).toBe('registered')
    await next.stop()
  })
})
