import { inspectToken } from '@stagedoor/access-token'
import { describe, expect, it } from 'vitest'
import { stagedoorJson, startPlatform } from '../fixtures/platform.fixture.ts'
import { register } from '../fixtures/raw-client.fixture.ts'
import { type Made, Shop } from '../fixtures/shop.fixture.ts'

const SESSION_CLOSED = 4403

const shop = Shop.forTests()

async function enter(id: string, token = shop.mint(id)) {
  const { client, answer } = await register(shop.platform.url, shop.key.apiKey, id, token)
  expect(answer).toMatchObject({ type: 'registered' })
  return client
}

describe('on a shop.platform that runs, the command line', () => {
  it('revokes one token: its session ends and it opens no other, after a restart neither', async () => {
    const token = shop.mint('alice')
    const [revoked, kept] = [await enter('alice', token), await enter('alice')]
    const inspection = inspectToken(token)
    await shop.run('revoke', 'token', shop.key.apiKey, inspection.ok ? String(inspection.payload.jti) : '')
    expect(await revoked.closed).toBe(SESSION_CLOSED)
    expect(kept.socket.readyState).toBe(kept.socket.OPEN)
    expect(await shop.outcomeOf('alice', token)).toBe('token_revoked')
    kept.socket.close()
    await shop.platform.stop('SIGKILL')
    shop.platform = await startPlatform(shop.data)
    expect(await shop.outcomeOf('alice', token)).toBe('token_revoked')
  })

  it('revokes a user until now, who comes back with a token of later', async () => {
    const [alice, bob] = [await enter('alice'), await enter('bob')]
    const old = shop.mint('alice')
    await shop.run('revoke', 'user', shop.key.apiKey, 'alice')
    expect(await alice.closed).toBe(SESSION_CLOSED)
    expect(await shop.outcomeOf('alice', old)).toBe('token_revoked')
    expect(bob.socket.readyState).toBe(bob.socket.OPEN)
    await expect
      .poll(() => shop.outcomeOf('alice', shop.mint('alice')), { timeout: 5_000, interval: 200 })
      .toBe('registered')
    bob.socket.close()
  })

  it('revokes a leaked secret, and tokens of a new one are admitted', async () => {
    const fresh = await stagedoorJson<Made>(['signing-key', 'create', shop.key.apiKey], shop.data)
    const alice = await enter('alice')
    await shop.run('revoke', 'signing-key', shop.key.apiKey, shop.key.keyId)
    expect(await alice.closed).toBe(SESSION_CLOSED)
    expect(await shop.outcomeOf('alice', shop.mint('alice'))).toBe('token_invalid')
    shop.key = fresh
    expect(await shop.outcomeOf('alice', shop.mint('alice'))).toBe('registered')
  })

  it('changes a policy, for live sessions and for the next registration', async () => {
    const [first, second] = [await enter('alice'), await enter('alice')]
    await shop.run('policy', 'set', shop.key.apiKey, '--sessions-per-user', '1')
    expect(await first.closed).toBe(4405)
    expect(await shop.outcomeOf('alice', shop.mint('alice'))).toBe('session_limit')
    await shop.run('policy', 'set', shop.key.apiKey, '--sessions-per-user', 'any', '--origins', 'https://shop.example')
    expect(await second.closed).toBe(SESSION_CLOSED)
    expect(await shop.outcomeOf('alice', shop.mint('alice'))).toBe('origin_refused')
    await shop.run('policy', 'set', shop.key.apiKey, '--origins', 'any')
    await expect
      .poll(() => shop.outcomeOf('alice', shop.mint('alice')), { timeout: 5_000, interval: 100 })
      .toBe('registered')
  })

  it('disables an API key, whose sessions end, and enables it again', async () => {
    const alice = await enter('alice')
    await shop.run('key', 'disable', shop.key.apiKey, '--yes')
    expect(await alice.closed).toBe(SESSION_CLOSED)
    expect(await shop.outcomeOf('alice', shop.mint('alice'))).toBe('token_invalid')
    await shop.run('key', 'enable', shop.key.apiKey)
    await expect
      .poll(() => shop.outcomeOf('alice', shop.mint('alice')), { timeout: 5_000, interval: 100 })
      .toBe('registered')
  })
})
