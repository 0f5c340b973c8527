import { describe, expect, it, vi } from 'vitest'
import { createSecret } from '../../api-key/add-signing-key.ts'
import { changeApiKey } from '../../api-key/keys.ts'
import { retireSigningKey } from '../../api-key/retire-signing-key.ts'
import { revoke } from '../../api-key/revoke.ts'
import { mint, openTestOAuth, tokenIdOf } from './oauth.fixture.ts'

const INTROSPECT = '/oauth/introspect'
const NOT_ACTIVE = '{"active":false}'

describe('a token that would be admitted', () => {
  it('is active, and its claims are returned', async () => {
    const { enroll, ask } = await openTestOAuth()
    const client = await enroll()
    const conversations = [{ name: 'till*', role: 'guest', publish: ['audio'], subscribe: true }]
    const token = mint(client, 'alice', { conversations })
    const { status, headers, body } = await ask(INTROSPECT, client, token)
    expect([status, headers['cache-control']]).toEqual([200, 'no-store'])
    expect(body).toEqual({
      active: true,
      sub: client.apiKey,
      aud: 'apiRTC',
      iat: expect.any(Number),
      exp: body.iat + 3_600,
      jti: tokenIdOf(token),
      client_id: client.apiKey,
      username: 'alice',
      token_type: 'Bearer',
      grants: { apiRTC_UserAgent_Id: 'alice', conversations },
    })
  })

  it('stays active, even if it is single-use and for one origin only', async () => {
    const { enroll, ask } = await openTestOAuth()
    const client = await enroll({ singleUse: true, origins: ['https://shop.example'] })
    const token = mint(client)
    for (let at = 0; at < 3; at++) expect((await ask(INTROSPECT, client, token)).body.active).toBe(true)
  })

  it('has no username if it is for any user', async () => {
    const { enroll, ask } = await openTestOAuth()
    const client = await enroll({ allowAnyUser: true })
    const { body } = await ask(INTROSPECT, client, mint(client, 'ApiKey_Token'))
    expect(body).toMatchObject({ active: true, sub: client.apiKey })
    expect(body).not.toHaveProperty('username')
  })
})

describe('a client learns nothing about other tokens', () => {
  it('such as one that is forged, expired, too long, for another audience or no token at all', async () => {
    const { enroll, ask } = await openTestOAuth()
    const client = await enroll({ maxTtlSeconds: 600 })
    const forged = mint({ ...client, secret: 'the secret of somebody else, who is nobody' })
    const texts = [forged, mint(client, 'alice', { ttl: 601 }), mint(client, 'alice', { audience: 'other', ttl: 60 })]
    vi.setSystemTime(Date.now() - 120_000)
    texts.push(mint(client, 'alice', { ttl: 60 }))
    vi.useRealTimers()
    for (const text of [...texts, mint(client, 'ApiKey_Token', { ttl: 60 }), 'none', 'x'.repeat(9_000)]) {
      expect(await ask(INTROSPECT, client, text)).toMatchObject({ status: 200, text: NOT_ACTIVE })
    }
  })

  it('such as one of another API key, though it is good', async () => {
    const { enroll, ask } = await openTestOAuth()
    const [shop, bank] = [await enroll(), await enroll()]
    expect((await ask(INTROSPECT, bank, mint(shop))).text).toBe(NOT_ACTIVE)
    expect((await ask(INTROSPECT, shop, mint(shop))).body.active).toBe(true)
  })

  it.each(['token', 'user', 'everything'] as const)('such as one that was revoked with its %s', async (kind) => {
    const { enroll, ask, changeContext, keyring } = await openTestOAuth()
    const client = await enroll()
    const token = mint(client)
    const subject = { token: tokenIdOf(token), user: 'alice', everything: '' }[kind]
    await revoke(changeContext, client.apiKey, { kind, subject })
    await keyring.refresh()
    expect((await ask(INTROSPECT, client, token)).text).toBe(NOT_ACTIVE)
  })
})

describe('a client', () => {
  it('can use each of its secrets as long as it is active', async () => {
    const { enroll, ask, changeContext, keyring } = await openTestOAuth()
    const old = await enroll()
    const fresh = await createSecret(changeContext, old.apiKey)
    await keyring.refresh()
    expect((await ask(INTROSPECT, old, mint(fresh))).body.active).toBe(true)
    await retireSigningKey(changeContext, old.apiKey, old.keyId)
    await keyring.refresh()
    expect((await ask(INTROSPECT, fresh, mint(fresh))).body.active).toBe(true)
    expect(await ask(INTROSPECT, old, mint(fresh))).toMatchObject({ status: 401 })
  })

  it('is refused once its API key is disabled', async () => {
    const { enroll, ask, changeContext, keyring } = await openTestOAuth()
    const client = await enroll()
    await changeApiKey(changeContext, client.apiKey, { state: 'disabled' })
    await keyring.refresh()
    expect(await ask(INTROSPECT, client, mint(client))).toMatchObject({ status: 401 })
  })
})
