import { setTimeout as sleep } from 'node:timers/promises'
import { UserAgent } from '@stagedoor/client'
import { describe, expect, it, vi } from 'vitest'
import { Shop } from '../fixtures/shop.fixture.ts'

const shop = Shop.forTests()

function register(getToken: () => string) {
  const userAgent = new UserAgent({ uri: `apiKey:${shop.key.apiKey}` })
  return userAgent.register({ cloudUrl: shop.platform.url, id: 'alice', getToken })
}

describe('a session in Node.js, whose tokens live two seconds', () => {
  it('lives on as long as it is given fresh ones, and its conversation with it', async () => {
    let minted = 0
    const getToken = () => {
      minted++
      return shop.mint('alice', { ttl: 2 })
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
    const token = shop.mint('alice', { ttl: 2 })
    const session = await register(() => token)
    const ended = new Promise<{ reason: string }>((end) => {
      session.on('disconnected', (disconnection) => {
        if (!disconnection.willReconnect) end(disconnection)
      })
    })
    const started = Date.now()
    await ended
    expect(Date.now() - started).toBeLessThan(6_000)
  })
})
