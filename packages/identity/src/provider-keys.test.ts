import { describe, expect, it } from 'vitest'
import type { FoundKeys } from './find-keys.ts'
import {
  MAX_PROVIDERS,
  PROVIDER_COOLDOWN_SECONDS,
  PROVIDER_FRESH_SECONDS,
  PROVIDER_STALE_SECONDS,
  ProviderKeys,
} from './provider-keys.ts'

const ISSUER = 'https://login.example'

function open() {
  const asked: string[] = []
  const state = { published: ['a'] as string[] | undefined }
  const keys = new ProviderKeys(async (issuer) => {
    asked.push(issuer)
    return state.published && ({ keyIds: new Set(state.published) } as unknown as FoundKeys)
  })
  const at = async (now: number, keyId: string | undefined = 'a', issuer = ISSUER) => {
    const found = await keys.of(issuer, keyId, now)
    return found && [...found.keyIds]
  }
  return { at, asked, state }
}

describe('the keys of a provider', () => {
  it('are fetched once for simultaneous requests', async () => {
    const { at, asked } = open()
    await Promise.all([at(0), at(0), at(0, 'b')])
    expect(asked).toHaveLength(1)
  })

  it('are fetched again for an unknown key id, but only after the cooldown', async () => {
    const { at, asked, state } = open()
    await at(0)
    state.published = ['a', 'b']
    expect(await at(PROVIDER_COOLDOWN_SECONDS - 0.001, 'b')).toEqual(['a'])
    expect(await at(PROVIDER_COOLDOWN_SECONDS, 'b')).toEqual(['a', 'b'])
    for (let count = 0; count < 20; count++) await at(PROVIDER_COOLDOWN_SECONDS + 1, `made up ${count}`)
    expect(asked).toHaveLength(2)
  })

  it('stay in use during a refresh, and for a day if they cannot be fetched', async () => {
    const { at, asked, state } = open()
    await at(0)
    state.published = undefined
    await at(PROVIDER_FRESH_SECONDS - 0.001)
    expect(asked).toHaveLength(1)
    expect(await at(PROVIDER_FRESH_SECONDS)).toEqual(['a'])
    expect(asked).toHaveLength(2)
    expect(await at(PROVIDER_STALE_SECONDS - 0.001)).toEqual(['a'])
    expect(await at(PROVIDER_STALE_SECONDS)).toBeUndefined()
  })

  it('are undetermined for an unknown key id while the provider is down', async () => {
    const { at, state } = open()
    await at(0)
    state.published = undefined
    expect(await at(PROVIDER_COOLDOWN_SECONDS, 'b')).toBeUndefined()
    expect(await at(PROVIDER_COOLDOWN_SECONDS + 1, 'b')).toBeUndefined()
    expect(await at(PROVIDER_COOLDOWN_SECONDS + 1)).toEqual(['a'])
  })

  it(`are held for the ${MAX_PROVIDERS} providers that were used last`, async () => {
    const { at, asked } = open()
    for (let count = 0; count < MAX_PROVIDERS; count++) await at(0, 'a', `https://${count}.example`)
    await at(0, 'a', 'https://0.example')
    await at(0, 'a', 'https://one-more.example')
    expect(asked).toHaveLength(MAX_PROVIDERS + 1)
    await at(0, 'a', 'https://0.example')
    expect(asked).toHaveLength(MAX_PROVIDERS + 1)
    await at(0, 'a', 'https://1.example')
    expect(asked).toHaveLength(MAX_PROVIDERS + 2)
  })
})
