import type { VerifiedClaims } from '@stagedoor/access-token'
import { describe, expect, it, vi } from 'vitest'
import type { Revocation } from '../api-key/revocation.ts'
import { admissionOf, sessionOf } from '../session/session.fixture.ts'
import { StoreDownError } from '../store-down.ts'
import { closeAndRevoke } from './close-and-revoke.ts'

const clock = { now: () => 1_000.5, after: () => () => {} }

const refreshNow = async () => {}
const TOKENS = { reason: 'session_closed', ban: 'tokens' } as const

function holding(jti: string, hash?: string) {
  return { claims: { jti, exp: 5_000, subject_token_hash: hash } as VerifiedClaims }
}

describe('keeping a session out', () => {
  it('closes it at once, and revokes every token that it has presented in one go', async () => {
    const { session, channel } = sessionOf('alice', holding('one'))
    session.renew(admissionOf('alice', holding('two')))
    const addRevocations = vi.fn(async () => {})
    const outcome = closeAndRevoke({ store: { addRevocations }, clock, refreshNow }, session, TOKENS)
    expect(channel.closed).toEqual(['session_closed'])
    expect(await outcome).toBe('banned')
    expect(addRevocations.mock.calls).toMatchObject([
      [
        [
          { apiKey: 'shop', kind: 'token', subject: 'one', revokedAt: 1_000 },
          { apiKey: 'shop', kind: 'token', subject: 'two', revokedAt: 1_000 },
        ],
      ],
    ])
  })

  it('revokes the tokens of an identity provider too that these were exchanged for, each once', async () => {
    const { session } = sessionOf('alice', holding('one', 'first'))
    // What was exchanged has ended by now, and the token that it was exchanged for may still be good.
    for (const [jti, hash, exp] of [
      ['two', 'first', 1],
      ['three', 'second', 1],
      ['four', 'second', 5_000],
    ] as const) {
      session.renew(admissionOf('alice', { claims: { jti, exp, subject_token_hash: hash } as VerifiedClaims }))
    }
    const addRevocations = vi.fn<(revocations: readonly Revocation[]) => Promise<void>>(async () => {})
    await closeAndRevoke({ store: { addRevocations }, clock, refreshNow }, session, TOKENS)
    expect(addRevocations.mock.calls[0]?.[0].map(({ kind, subject }) => [kind, subject])).toEqual([
      ['token', 'one'],
      ['token', 'four'],
      ['subject_token', 'first'],
      ['subject_token', 'second'],
    ])
  })

  it.each([
    ['user', { kind: 'user', subject: 'alice', revokedAt: 1_000 }],
    [{ userForSeconds: 60 }, { kind: 'ban', subject: 'alice', revokedAt: 1_000, forgetAt: 1_061 }],
  ] as const)('bans %j, with or without a token, and takes it in before it answers', async (ban, revocation) => {
    for (const { session } of [sessionOf('alice', holding('one')), sessionOf('alice')]) {
      const addRevocations = vi.fn(async () => {})
      const take = vi.fn(async () => expect(addRevocations).toHaveBeenCalledOnce())
      const asks = { reason: 'ejected', ban } as const
      expect(await closeAndRevoke({ store: { addRevocations }, clock, refreshNow: take }, session, asks)).toBe('banned')
      expect(addRevocations.mock.calls).toMatchObject([[[{ apiKey: 'shop', ...revocation }]]])
      expect(take).toHaveBeenCalledOnce()
    }
  })

  it('closes one that had no token, and asks nothing of the store', async () => {
    const { session, channel } = sessionOf('alice')
    const addRevocations = vi.fn(async () => {})
    expect(await closeAndRevoke({ store: { addRevocations }, clock, refreshNow }, session, TOKENS)).toBe('no_token')
    expect(channel.closed).toEqual(['session_closed'])
    expect(addRevocations).not.toHaveBeenCalled()
  })

  it('closes it where the store cannot be reached too, and says that it is not kept out', async () => {
    const { session, channel } = sessionOf('alice', holding('one'))
    const addRevocations = () => Promise.reject(new StoreDownError('The database cannot be reached'))
    expect(await closeAndRevoke({ store: { addRevocations }, clock, refreshNow }, session, TOKENS)).toBe('unavailable')
    expect(channel.closed).toEqual(['session_closed'])
  })

  it('throws what is a fault', async () => {
    const { session } = sessionOf('alice', holding('one'))
    const addRevocations = () => Promise.reject(new Error('a fault'))
    await expect(closeAndRevoke({ store: { addRevocations }, clock, refreshNow }, session, TOKENS)).rejects.toThrow(
      'a fault',
    )
  })
})
