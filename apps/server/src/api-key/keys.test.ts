import { AccessToken } from '@stagedoor/access-token'
import { describe, expect, it } from 'vitest'
import { loadKeyring } from '../keyring/keyring.ts'
import { DEFAULT_POLICY } from '../policy/policy.ts'
import { temporaryContext } from '../store/store.fixture.ts'
import { createSecret, MAX_SIGNING_KEYS, openSecret } from './add-signing-key.ts'
import type { ChangeContext } from './change-context.ts'
import { changeApiKey, createApiKey } from './keys.ts'
import { retireSigningKey } from './retire-signing-key.ts'

const SHOP = { name: 'Shop' }

function tokenOf({ apiKey, secret, keyId }: { apiKey: string; secret: string; keyId: string }): string {
  return new AccessToken(apiKey, secret, { apiRTC_UserAgent_Id: 'alice', keyId }).toJwt()
}

function keyringOf(context: ChangeContext) {
  return loadKeyring({ ...context, fetchKeys: async () => undefined })
}

describe('an API key', () => {
  it('is created with a secret whose tokens verify', async () => {
    const context = await temporaryContext()
    const { secret } = await createApiKey(context, SHOP)
    const keyring = await keyringOf(context)
    expect(keyring.find(secret.apiKey)?.verify(tokenOf(secret))).toMatchObject({ ok: true, keyId: secret.keyId })
  })

  it('has a secret of 256 random bits that is encrypted in the store', async () => {
    const context = await temporaryContext()
    const { secret } = await createApiKey(context, SHOP)
    expect(secret.secret).toMatch(/^secret_[A-Za-z0-9_-]{43}$/)
    const [sealed] = await context.store.listSigningKeys(secret.apiKey)
    expect(Buffer.from(sealed?.sealed ?? []).includes(secret.secret)).toBe(false)
    expect(await openSecret(context, secret.apiKey)).toMatchObject({ secret: secret.secret })
  })

  it('verifies with its old secret and its new one until the old one is retired', async () => {
    const context = await temporaryContext()
    const { secret: old } = await createApiKey(context, SHOP)
    const fresh = await createSecret(context, old.apiKey)
    const keyring = await keyringOf(context)
    const verdicts = () => [old, fresh].map((secret) => keyring.find(old.apiKey)?.verify(tokenOf(secret)).ok)
    expect(verdicts()).toEqual([true, true])
    await retireSigningKey(context, old.apiKey, old.keyId)
    expect(verdicts()).toEqual([true, true])
    await keyring.refresh()
    expect(verdicts()).toEqual([false, true])
  })

  it('can be imported, once', async () => {
    const context = await temporaryContext()
    const { apiKey, secret } = await createApiKey(context, { ...SHOP, apiKey: 'my.old-Key_1' })
    expect([apiKey.apiKey, secret.apiKey]).toEqual(['my.old-Key_1', 'my.old-Key_1'])
    const again = createApiKey(context, { ...SHOP, apiKey: 'my.old-Key_1' })
    await expect(again).rejects.toMatchObject({ reason: 'conflict' })
    expect(await context.store.listSigningKeys()).toHaveLength(1)
  })

  it.each(['', 'x'.repeat(129), '-begins', 'has space', 'a/b', '<b>', 'a\nb', 'ключ'])(
    'cannot be "%s", which would need encoding in a URL',
    async (apiKey) => {
      const context = await temporaryContext()
      await expect(createApiKey(context, { ...SHOP, apiKey })).rejects.toMatchObject({ reason: 'unusable' })
      expect(await context.store.listApiKeys()).toEqual([])
    },
  )

  it('admits a token for any user only if its policy allows it', async () => {
    const context = await temporaryContext()
    const { secret } = await createApiKey(context, SHOP)
    const token = new AccessToken(secret.apiKey, secret.secret, { apiRTC_UserAgent_Id: 'ApiKey_Token' }).toJwt()
    const keyring = await keyringOf(context)
    expect(keyring.find(secret.apiKey)?.verify(token)).toMatchObject({ ok: false, code: 'wildcard_refused' })
    await changeApiKey(context, secret.apiKey, { policy: { ...DEFAULT_POLICY, allowAnyUser: true } })
    await keyring.refresh()
    expect(keyring.find(secret.apiKey)?.verify(token)).toMatchObject({ ok: true })
  })

  it('does not verify tokens signed with the secret of another API key', async () => {
    const context = await temporaryContext()
    const { secret: ours } = await createApiKey(context, SHOP)
    const { secret: theirs } = await createApiKey(context, SHOP)
    const keyring = await keyringOf(context)
    const forged = new AccessToken(ours.apiKey, theirs.secret, { apiRTC_UserAgent_Id: 'alice' }).toJwt()
    expect(keyring.find(ours.apiKey)?.verify(forged)).toMatchObject({ ok: false, code: 'signature_invalid' })
    expect(keyring.find(ours.apiKey)?.verify(tokenOf(theirs))).toMatchObject({ ok: false, code: 'key_unknown' })
  })

  it(`has at most ${MAX_SIGNING_KEYS} active signing keys`, async () => {
    const context = await temporaryContext()
    const { secret } = await createApiKey(context, SHOP)
    for (let made = 1; made < MAX_SIGNING_KEYS; made++) await createSecret(context, secret.apiKey)
    await expect(createSecret(context, secret.apiKey)).rejects.toThrow('Retire one first')
    await retireSigningKey(context, secret.apiKey, secret.keyId)
    await expect(createSecret(context, secret.apiKey)).resolves.toMatchObject({ retiresAt: undefined })
  })

  it('is named in the error if it does not exist, and nothing is written', async () => {
    const context = await temporaryContext()
    await expect(createSecret(context, 'nobody')).rejects.toThrow('There is no API key "nobody"')
    await expect(retireSigningKey(context, 'nobody', 'none')).rejects.toThrow('There is no API key "nobody"')
    await expect(openSecret(context, 'nobody')).rejects.toThrow('There is no API key "nobody"')
    expect(await context.store.listSigningKeys()).toEqual([])
  })

  it('cannot retire a secret twice', async () => {
    const context = await temporaryContext()
    const { secret } = await createApiKey(context, SHOP)
    await retireSigningKey(context, secret.apiKey, secret.keyId)
    await expect(retireSigningKey(context, secret.apiKey, secret.keyId)).rejects.toThrow('no active signing key')
    await expect(openSecret(context, secret.apiKey)).rejects.toMatchObject({
      hint: expect.stringContaining('stagedoor signing-key create'),
    })
  })
})
