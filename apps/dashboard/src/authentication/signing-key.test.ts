import { describe, expect, it } from 'vitest'
import { adviceOn, type SigningKey } from './signing-key.ts'

const YEAR = 365 * 86_400
const KEY: SigningKey = {
  keyId: 'one',
  kind: 'secret',
  algorithm: 'HS256',
  state: 'active',
  createdAt: 1_000,
  retiresAt: null,
  lastUsedAt: null,
  sessions: 0,
}

describe('the advice on a key', () => {
  it('is nothing where all is well', () => {
    expect(adviceOn(KEY, [], 2_000)).toBeUndefined()
  })

  it('points out a secret that is older than a year, and no public key', () => {
    expect(adviceOn(KEY, [], 1_001 + YEAR)).toContain('Rotate it')
    expect(adviceOn(KEY, [], 999 + YEAR)).toBeUndefined()
    expect(adviceOn({ ...KEY, kind: 'public_key' }, [], 1_001 + YEAR)).toBeUndefined()
  })

  it('points out a key that is about to end and in use still', () => {
    expect(adviceOn({ ...KEY, state: 'retiring', sessions: 2 }, [], 2_000)).toContain('still in use')
    expect(adviceOn({ ...KEY, state: 'retiring' }, [], 2_000)).toBeUndefined()
  })

  it('points out a key that a newer one has taken over from', () => {
    const newer = { ...KEY, keyId: 'two', createdAt: 1_500, lastUsedAt: 1_900 }
    expect(adviceOn(KEY, [newer], 2_000)).toContain('Retire it')
    expect(adviceOn({ ...KEY, sessions: 1 }, [newer], 2_000)).toBeUndefined()
    expect(adviceOn(KEY, [{ ...newer, lastUsedAt: null }], 2_000)).toBeUndefined()
  })
})
