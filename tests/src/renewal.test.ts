import { setTimeout as sleep } from 'node:timers/promises'
import { AccessToken } from '@stagedoor/access-token'
import { UserAgent } from '@stagedoor/client'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { makeFolder, type RunningPlatform, stagedoorJson, startPlatform } from './platform.fixture.ts'

const folder = makeFolder()
let platform: RunningPlatform
let key: { readonly apiKey: string; readonly secret: string }

beforeAll(async () => {
  key = await stagedoorJson(['key', 'create'], folder.path)
  platform = await startPlatform(folder.path)
})
afterAll(async () => {
  await platform.stop()
  folder.remove()
})

function register(getToken: () => string) {
  const userAgent = new UserAgent({ uri: `apiKey:${key.apiKey}` })
  return userAgent.register({ cloudUrl: platform.url, id: 'alice', getToken })
}

describe('a session in Node.js, whose tokens live two seconds', () => {
  it('lives on as long as it is given fresh ones, and its conversation with it', async () => {
    let minted = 0
    const getToken = () => {
      minted++
      return new AccessToken(key.apiKey, key.secret, { apiRTC_UserAgent_Id: 'alice', ttl: 2 }).toJwt()
    }
    const session = await register(getToken)
    const disconnected = vi.fn()
    session.on('disconnected', disconnected)
    const conversation = session.getOrCreateConversation('a')
    await conversation.join()
    await sleep(7_000)
    expect(minted).toBeGreaterThanOrEqual(4)
    expect(disconnected).not.toHaveBeenCalled()
    await conversation.sendMessage('still here')
    await session.disconnect()
  })

  it('ends when there are no fresh ones any more', async () => {
    const token = new AccessToken(key.apiKey, key.secret, { apiRTC_UserAgent_Id: 'alice', ttl: 2 }).toJwt()
    const session = await register(() => token)
    const ended = new Promise<{ reason: string }>((end) => {
      session.on('disconnected', (disconnection) => {
        if (!disconnection.comesBack) end(disconnection)
      })
    })
    const started = Date.now()
    await ended
    expect(Date.now() - started).toBeLessThan(6_000)
  })
})
