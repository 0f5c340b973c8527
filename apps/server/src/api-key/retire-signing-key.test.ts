import { AccessToken } from '@stagedoor/access-token'
import { describe, expect, it } from 'vitest'
import { loadKeyring } from '../keyring/keyring.ts'
import { temporaryContext } from '../store/store.fixture.ts'
import { openSecret } from './add-signing-key.ts'
import { createApiKey } from './keys.ts'
import { keepSigningKey, MAX_RETIRING_SECONDS, retireSigningKey } from './retire-signing-key.ts'

const NOW = 1_000_000

async function open() {
  let now = NOW
  const context = { ...(await temporaryContext()), now: () => now }
  const { secret } = await createApiKey(context, { name: 'Shop' })
  const token = new AccessToken(secret.apiKey, secret.secret, { apiRTC_UserAgent_Id: 'alice' }).toJwt()
  const keyring = await loadKeyring({ ...context, fetchKeys: async () => undefined })
  return {
    context,
    ...secret,
    keyring,
    isGood: () => keyring.find(secret.apiKey)?.verify(token).ok,
    goTo: (time: number) => {
      now = time
    },
  }
}

describe('a key that is retiring', () => {
  it('verifies until it retires, without another look at the store', async () => {
    const { context, apiKey, keyId, keyring, isGood, goTo } = await open()
    expect(await retireSigningKey(context, apiKey, keyId, 60)).toBe(NOW + 60)
    await keyring.refresh()
    goTo(NOW + 59.9)
    expect(isGood()).toBe(true)
    goTo(NOW + 60)
    expect(isGood()).toBe(false)
  })

  it('can be kept or retired sooner, until it has retired', async () => {
    const { context, apiKey, keyId, keyring, isGood, goTo } = await open()
    await retireSigningKey(context, apiKey, keyId, 60)
    await keepSigningKey(context, apiKey, keyId)
    await keyring.refresh()
    goTo(NOW + 61)
    expect(isGood()).toBe(true)
    await retireSigningKey(context, apiKey, keyId, 60)
    await retireSigningKey(context, apiKey, keyId, 1)
    await keyring.refresh()
    goTo(NOW + 62)
    expect(isGood()).toBe(false)
    await expect(keepSigningKey(context, apiKey, keyId)).rejects.toThrow('no active signing key')
    await expect(retireSigningKey(context, apiKey, keyId, 60)).rejects.toThrow('no active signing key')
  })

  it('is not used to mint tokens if there is another key', async () => {
    const { context, apiKey, keyId } = await open()
    await retireSigningKey(context, apiKey, keyId, 60)
    expect(await openSecret(context, apiKey)).toMatchObject({ keyId })
  })

  it('retires within a year', async () => {
    const { context, apiKey, keyId } = await open()
    expect(await retireSigningKey(context, apiKey, keyId, MAX_RETIRING_SECONDS)).toBe(NOW + MAX_RETIRING_SECONDS)
    for (const seconds of [MAX_RETIRING_SECONDS + 1, -1, Number.NaN]) {
      await expect(retireSigningKey(context, apiKey, keyId, seconds)).rejects.toThrow('can be retired in 0 to')
    }
  })
})
