import type { VerifiedClaims } from '@stagedoor/access-token'
import { describe, expect, it, vi } from 'vitest'
import { StoreDownError } from '../keyring/store-down.ts'
import { keepOut } from './keep-out.ts'
import { admissionOf, sessionOf } from './session.fixture.ts'

const clock = { now: () => 1_000.5, after: () => () => {} }

function holding(jti: string) {
  return { claims: { jti, exp: 5_000 } as VerifiedClaims }
}

describe('keeping a session out', () => {
  it('closes it at once, and revokes every token that it has presented in one go', async () => {
    const { session, channel } = sessionOf('alice', holding('one'))
    session.renew(admissionOf('alice', holding('two')))
    const addRevocations = vi.fn(async () => {})
    const outcome = keepOut({ store: { addRevocations }, clock }, session, 'session_closed')
    expect(channel.closed).toEqual(['session_closed'])
    expect(await outcome).toBe('kept_out')
    expect(addRevocations.mock.calls).toMatchObject([
      [
        [
          { apiKey: 'shop', kind: 'token', subject: 'one', revokedAt: 1_000 },
          { apiKey: 'shop', kind: 'token', subject: 'two', revokedAt: 1_000 },
        ],
      ],
    ])
  })

  it('closes one that had no token, and asks nothing of the store', async () => {
    const { session, channel } = sessionOf('alice')
    const addRevocations = vi.fn(async () => {})
    expect(await keepOut({ store: { addRevocations }, clock }, session, 'session_closed')).toBe('no_token')
    expect(channel.closed).toEqual(['session_closed'])
    expect(addRevocations).not.toHaveBeenCalled()
  })

  it('closes it where the store cannot be reached too, and says that it is not kept out', async () => {
    const { session, channel } = sessionOf('alice', holding('one'))
    const addRevocations = () => Promise.reject(new StoreDownError('The database cannot be reached'))
    expect(await keepOut({ store: { addRevocations }, clock }, session, 'session_closed')).toBe('unavailable')
    expect(channel.closed).toEqual(['session_closed'])
  })

  it('throws what is a fault', async () => {
    const { session } = sessionOf('alice', holding('one'))
    const addRevocations = () => Promise.reject(new Error('a fault'))
    await expect(keepOut({ store: { addRevocations }, clock }, session, 'session_closed')).rejects.toThrow('a fault')
  })
})
