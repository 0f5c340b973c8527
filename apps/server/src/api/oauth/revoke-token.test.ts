import { describe, expect, it, vi } from 'vitest'
import { StoreDownError } from '../../store-down.ts'
import { mint, openTestOAuth, tokenIdOf } from './oauth.fixture.ts'

const REVOKE = '/oauth/revoke'

describe('a client', () => {
  it('revokes one of its own tokens, once, and is recorded as the actor', async () => {
    const { enroll, ask, store, keyring } = await openTestOAuth()
    const client = await enroll()
    const token = mint(client)
    for (let at = 0; at < 3; at++) {
      expect(await ask(REVOKE, client, token)).toMatchObject({ status: 200 })
      await keyring.refresh()
    }
    const revocations = await store.listRevocations(0)
    expect(revocations).toMatchObject([{ apiKey: client.apiKey, kind: 'token', subject: tokenIdOf(token) }])
    const audit = await store.listAudit({ limit: 10 })
    expect(audit).toMatchObject([
      { actor: { kind: 'client', id: client.apiKey }, action: 'revocation.made', subject: tokenIdOf(token) },
    ])
    expect(JSON.stringify(audit)).not.toContain(token)
    expect((await ask('/oauth/introspect', client, token)).body).toEqual({ active: false })
  })

  it('can revoke an expired token too, because a session may outlive its token', async () => {
    const { enroll, ask, store } = await openTestOAuth()
    const client = await enroll()
    vi.setSystemTime(Date.now() - 120_000)
    const expired = mint(client, 'alice', { ttl: 60 })
    vi.useRealTimers()
    await ask(REVOKE, client, expired)
    expect(await store.listRevocations(0)).toMatchObject([{ subject: tokenIdOf(expired) }])
  })

  it('gets 200 without any effect for a foreign, forged or malformed token', async () => {
    const { enroll, ask, store } = await openTestOAuth()
    const [shop, bank] = [await enroll(), await enroll()]
    const signedByShop = mint({ ...shop, apiKey: bank.apiKey })
    // Signed with the client's secret, but for another API key.
    const forBank = mint({ apiKey: bank.apiKey, secret: shop.secret })
    for (const token of [mint(bank), signedByShop, forBank, 'none']) {
      expect(await ask(REVOKE, shop, token)).toMatchObject({ status: 200, body: {} })
    }
    expect(await store.listRevocations(0)).toEqual([])
    expect(await store.listAudit({ limit: 10 })).toEqual([])
  })

  it('is told to retry while the store is down', async () => {
    const { enroll, ask, store } = await openTestOAuth()
    const client = await enroll()
    vi.spyOn(store, 'transaction').mockRejectedValue(new StoreDownError('The store is down'))
    const answer = await ask(REVOKE, client, mint(client))
    expect(answer).toMatchObject({ status: 503, body: { error: 'temporarily_unavailable' } })
    expect(answer.headers['retry-after']).toBe('2')
  })
})
