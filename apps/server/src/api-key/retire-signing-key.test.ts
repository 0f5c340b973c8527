import { AccessToken } from '@stagedoor/access-token'
import { describe, expect, it } from 'vitest'
import { loadKeyring } from '../keyring/keyring.ts'
import { temporaryOffice } from '../store/store.fixture.ts'
import { openSecret } from './add-signing-key.ts'
import { createApiKey } from './keys.ts'
import { keepSigningKey, MAX_RETIRING_SECONDS, retireSigningKey } from './retire-signing-key.ts'

const NOW = 1_000_000

async function open() {
  let now = NOW
  const office = { ...(await temporaryOffice()), now: () => now }
  const { secret } = await createApiKey(office, { name: 'Shop' })
  const token = new AccessToken(secret.apiKey, secret.secret, { apiRTC_UserAgent_Id: 'alice' }).toJwt()
  const keyring = await loadKeyring({ ...office, fetchKeys: async () => undefined })
  return {
    office,
    ...secret,
    keyring,
    isGood: () => keyring.find(secret.apiKey)?.verify(token).ok,
    goTo: (time: number) => {
      now = time
    },
  }
}

describe('a key that is retiring', () => {
  it('verifies until its end and not at it, though nobody asks the store again', async () => {
    const { office, apiKey, keyId, keyring, isGood, goTo } = await open()
    expect(await retireSigningKey(office, apiKey, keyId, 60)).toBe(NOW + 60)
    await keyring.refresh()
    goTo(NOW + 59.9)
    expect(isGood()).toBe(true)
    goTo(NOW + 60)
    expect(isGood()).toBe(false)
  })

  it('can be kept after all, or be retired sooner, until it has retired', async () => {
    const { office, apiKey, keyId, keyring, isGood, goTo } = await open()
    await retireSigningKey(office, apiKey, keyId, 60)
    await keepSigningKey(office, apiKey, keyId)
    await keyring.refresh()
    goTo(NOW + 61)
    expect(isGood()).toBe(true)
    await retireSigningKey(office, apiKey, keyId, 60)
    await retireSigningKey(office, apiKey, keyId, 1)
    await keyring.refresh()
    goTo(NOW + 62)
    expect(isGood()).toBe(false)
    await expect(keepSigningKey(office, apiKey, keyId)).rejects.toThrow('that is in force')
    await expect(retireSigningKey(office, apiKey, keyId, 60)).rejects.toThrow('that is in force')
  })

  it('is not what a token is minted with where there is another', async () => {
    const { office, apiKey, keyId } = await open()
    await retireSigningKey(office, apiKey, keyId, 60)
    expect(await openSecret(office, apiKey)).toMatchObject({ keyId })
  })

  it('retires within a year', async () => {
    const { office, apiKey, keyId } = await open()
    expect(await retireSigningKey(office, apiKey, keyId, MAX_RETIRING_SECONDS)).toBe(NOW + MAX_RETIRING_SECONDS)
    for (const seconds of [MAX_RETIRING_SECONDS + 1, -1, Number.NaN]) {
      await expect(retireSigningKey(office, apiKey, keyId, seconds)).rejects.toThrow('before it retires')
    }
  })
})
