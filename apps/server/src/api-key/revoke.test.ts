import { MAX_BAN_SECONDS } from '@stagedoor/protocol'
import { describe, expect, it } from 'vitest'
import { temporaryOffice } from '../store/store.fixture.ts'
import { createApiKey, deleteApiKey } from './keys.ts'
import { liftBan, revoke } from './revoke.ts'

const NOW = 1_000_000
const DAY = 86_400

describe('revoking', () => {
  it('is kept until the last token that it is about has ended, and then forgotten', async () => {
    const office = await temporaryOffice(NOW)
    const { secret } = await createApiKey(office, { name: 'Shop' })
    const revocation = await revoke(office, secret.apiKey, { kind: 'user', subject: 'alice' })
    expect(revocation.forgetAt).toBe(NOW + DAY + 300 + 300)
    expect(await office.store.listRevocations(revocation.forgetAt - 1)).toEqual([revocation])
    expect(await office.store.listRevocations(revocation.forgetAt)).toEqual([])
    await office.store.forgetRevocations(revocation.forgetAt)
    expect(await office.store.listRevocations(0)).toEqual([])
  })

  it('the same again moves on in time', async () => {
    const office = await temporaryOffice(NOW)
    const { secret } = await createApiKey(office, { name: 'Shop' })
    const later = { ...office, now: () => NOW + 60 }
    await revoke(office, secret.apiKey, { kind: 'user', subject: 'alice' })
    await revoke(later, secret.apiKey, { kind: 'user', subject: 'alice' })
    expect(await office.store.listRevocations(NOW)).toMatchObject([{ subject: 'alice', revokedAt: NOW + 60 }])
  })

  it('a user until a time is kept for just that long, between 1 second and 366 days, and can be lifted', async () => {
    const office = await temporaryOffice(NOW + 0.5)
    const { secret } = await createApiKey(office, { name: 'Shop' })
    const ban = (forSeconds: number) => revoke(office, secret.apiKey, { kind: 'ban', subject: 'alice', forSeconds })
    for (const wrong of [0, 1.5, MAX_BAN_SECONDS + 1, Number.NaN]) await expect(ban(wrong)).rejects.toThrow('366 days')
    expect(await ban(1)).toMatchObject({ revokedAt: NOW, forgetAt: NOW + 2 })
    const longest = await ban(MAX_BAN_SECONDS)
    expect(await office.store.listRevocations(longest.forgetAt - 1)).toEqual([longest])
    await liftBan(office, secret.apiKey, 'alice')
    expect(await office.store.listRevocations(NOW)).toEqual([])
    await expect(liftBan(office, secret.apiKey, 'alice')).rejects.toThrow('is not banned')
  })

  it('a secret retires it', async () => {
    const office = await temporaryOffice(NOW)
    const { secret } = await createApiKey(office, { name: 'Shop' })
    await revoke(office, secret.apiKey, { kind: 'secret', subject: secret.keyId })
    expect(await office.store.listSigningKeys(secret.apiKey)).toMatchObject([{ retiresAt: NOW }])
  })

  it('what is not there says so and writes nothing', async () => {
    const office = await temporaryOffice(NOW)
    const { secret } = await createApiKey(office, { name: 'Shop' })
    await expect(revoke(office, 'nobody', { kind: 'everything', subject: '' })).rejects.toThrow('There is no API key')
    await expect(revoke(office, secret.apiKey, { kind: 'secret', subject: 'none' })).rejects.toThrow('has no key none')
    await expect(revoke(office, secret.apiKey, { kind: 'user', subject: '' })).rejects.toThrow('1 to 256 characters')
    expect(await office.store.listRevocations(0)).toEqual([])
  })

  it('goes with its API key', async () => {
    const office = await temporaryOffice(NOW)
    const { secret } = await createApiKey(office, { name: 'Shop' })
    await revoke(office, secret.apiKey, { kind: 'everything', subject: '' })
    await deleteApiKey(office, secret.apiKey)
    expect([
      await office.store.listRevocations(0),
      await office.store.listSigningKeys(),
      await office.store.listApiKeys(),
    ]).toEqual([[], [], []])
  })
})
