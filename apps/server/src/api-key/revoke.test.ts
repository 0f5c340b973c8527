import { MAX_BAN_SECONDS } from '@stagedoor/protocol'
import { describe, expect, it } from 'vitest'
import { temporaryContext } from '../store/store.fixture.ts'
import { createApiKey, deleteApiKey } from './keys.ts'
import { liftBan, revoke } from './revoke.ts'

const NOW = 1_000_000
const DAY = 86_400

describe('revoking', () => {
  it('is kept until all tokens that it applies to have expired, and then deleted', async () => {
    const context = await temporaryContext(NOW)
    const { secret } = await createApiKey(context, { name: 'Shop' })
    const revocation = await revoke(context, secret.apiKey, { kind: 'user', subject: 'alice' })
    expect(revocation.forgetAt).toBe(NOW + DAY + 300 + 300)
    expect(await context.store.listRevocations(revocation.forgetAt - 1)).toEqual([revocation])
    expect(await context.store.listRevocations(revocation.forgetAt)).toEqual([])
    await context.store.forgetRevocations(revocation.forgetAt)
    expect(await context.store.listRevocations(0)).toEqual([])
  })

  it('the same target again moves the time forward', async () => {
    const context = await temporaryContext(NOW)
    const { secret } = await createApiKey(context, { name: 'Shop' })
    const later = { ...context, now: () => NOW + 60 }
    await revoke(context, secret.apiKey, { kind: 'user', subject: 'alice' })
    await revoke(later, secret.apiKey, { kind: 'user', subject: 'alice' })
    expect(await context.store.listRevocations(NOW)).toMatchObject([{ subject: 'alice', revokedAt: NOW + 60 }])
  })

  it('a user for a period is kept for that period, from 1 second to 366 days, and can be lifted', async () => {
    const context = await temporaryContext(NOW + 0.5)
    const { secret } = await createApiKey(context, { name: 'Shop' })
    const ban = (forSeconds: number) => revoke(context, secret.apiKey, { kind: 'ban', subject: 'alice', forSeconds })
    for (const wrong of [0, 1.5, MAX_BAN_SECONDS + 1, Number.NaN]) await expect(ban(wrong)).rejects.toThrow('366 days')
    expect(await ban(1)).toMatchObject({ revokedAt: NOW, forgetAt: NOW + 2 })
    const longest = await ban(MAX_BAN_SECONDS)
    expect(await context.store.listRevocations(longest.forgetAt - 1)).toEqual([longest])
    await liftBan(context, secret.apiKey, 'alice')
    expect(await context.store.listRevocations(NOW)).toEqual([])
    await expect(liftBan(context, secret.apiKey, 'alice')).rejects.toThrow('is not banned')
  })

  it('a signing key retires it', async () => {
    const context = await temporaryContext(NOW)
    const { secret } = await createApiKey(context, { name: 'Shop' })
    await revoke(context, secret.apiKey, { kind: 'signing_key', subject: secret.keyId })
    expect(await context.store.listSigningKeys(secret.apiKey)).toMatchObject([{ retiresAt: NOW }])
  })

  it('an unknown target fails and writes nothing', async () => {
    const context = await temporaryContext(NOW)
    const { secret } = await createApiKey(context, { name: 'Shop' })
    await expect(revoke(context, 'nobody', { kind: 'everything', subject: '' })).rejects.toThrow('There is no API key')
    await expect(revoke(context, secret.apiKey, { kind: 'signing_key', subject: 'none' })).rejects.toThrow(
      'has no signing key none',
    )
    await expect(revoke(context, secret.apiKey, { kind: 'user', subject: '' })).rejects.toThrow('1 to 256 characters')
    expect(await context.store.listRevocations(0)).toEqual([])
  })

  it('is deleted with its API key', async () => {
    const context = await temporaryContext(NOW)
    const { secret } = await createApiKey(context, { name: 'Shop' })
    await revoke(context, secret.apiKey, { kind: 'everything', subject: '' })
    await deleteApiKey(context, secret.apiKey)
    expect([
      await context.store.listRevocations(0),
      await context.store.listSigningKeys(),
      await context.store.listApiKeys(),
    ]).toEqual([[], [], []])
  })
})
