import { type ConversationGrant, listChecks } from '@stagedoor/access-token'
import { MAX_CONTACTS_PER_CONVERSATION } from '@stagedoor/protocol'
import { describe, expect, it, vi } from 'vitest'
import type { Admission } from '../admission/admit.ts'
import type { Refusal } from '../admission/refusal.ts'
import { type Question, rehearse, type Stage } from './rehearse.ts'

const guest: ConversationGrant = { name: 'lobby', role: 'guest', publish: ['audio'], subscribe: true }

const admission: Admission = {
  ok: true,
  apiKey: 'shop',
  userId: 'alice',
  userData: {},
  issuedAt: 0,
  expiresAt: 60,
  tokenId: 'one',
  grants: [guest],
}

const expired: Refusal = {
  ok: false,
  code: 'token_expired',
  publicCode: 'token_expired',
  message: 'The token expired 95 s ago',
  checks: listChecks({ ok: false, code: 'token_expired', check: 'expiry', message: '', authentic: true }),
  clockDifferenceSeconds: -95,
}

function ask(question: Partial<Question>, decision: Admission | Refusal = admission, rest: Partial<Stage> = {}) {
  return rehearse({ apiKey: 'shop', id: 'alice', publish: [], ...question }, { answerKnock: () => decision, ...rest })
}

function outcomes(checks: readonly { check: string; outcome: string }[]) {
  return Object.fromEntries(checks.map(({ check, outcome }) => [check, outcome]))
}

describe('a rehearsal', () => {
  it('puts to the door what would knock', () => {
    const answerKnock = vi.fn(() => admission)
    const countContacts = vi.fn(() => 0)
    ask({ token: 'a token', origin: 'https://shop.example' }, admission, { answerKnock, countContacts })
    const knock = { apiKey: 'shop', id: 'alice', token: 'a token', origin: 'https://shop.example' }
    expect(answerKnock).toHaveBeenCalledExactlyOnceWith(knock)
    expect(countContacts).not.toHaveBeenCalled()
  })

  it('says yes to a token alone', () => {
    const answer = ask({})
    expect(answer).toMatchObject({ ok: true, code: undefined, sentence: 'Yes: alice would be let in.' })
    expect(new Set(Object.values(outcomes(answer.checks.token)))).toEqual(new Set(['passed']))
    expect(answer.checks).toMatchObject({ door: [{ outcome: 'passed' }], conversation: [], publication: [] })
  })

  it('says yes to what the token grants', () => {
    expect(ask({ conversation: 'lobby', publish: ['audio'] })).toMatchObject({
      ok: true,
      sentence: 'Yes: alice would be let in, enter lobby as guest, and publish audio.',
      permissions: { role: 'guest', publish: ['audio'] },
    })
  })

  it('says no where the token is refused, and reaches nothing after that', () => {
    const answer = ask({ conversation: 'lobby', publish: ['audio'] }, expired)
    expect(answer).toMatchObject({ ok: false, code: 'token_expired', permissions: undefined })
    expect(answer.sentence).toBe('No, token_expired: The token expired 95 s ago.')
    expect(outcomes(answer.checks.token)).toMatchObject({
      signature: 'passed',
      expiry: 'failed',
      user_id: 'not reached',
    })
    const { door, conversation, publication } = answer.checks
    expect(new Set([...door, ...conversation, ...publication].map(({ outcome }) => outcome))).toEqual(
      new Set(['not reached']),
    )
  })

  it('says no where the door refuses a token that is good', () => {
    const refused = { ...expired, code: 'origin_refused', message: 'Not from there', checks: listChecks({ ok: true }) }
    const answer = ask({}, { ...refused, publicCode: 'origin_refused' } as Refusal)
    expect(answer).toMatchObject({ ok: false, code: 'origin_refused' })
    expect(answer.checks.door).toEqual([{ check: 'origin_refused', outcome: 'failed', message: 'Not from there' }])
  })

  it('takes a refusal at its word where it lists the checks of the door', () => {
    const door = [
      { check: 'revocation', outcome: 'passed' },
      { check: 'origin', outcome: 'failed', message: 'Not from there' },
    ]
    const checks = [...listChecks({ ok: true }), ...door]
    const answer = ask({}, { ...expired, code: 'origin_refused', checks } as Refusal)
    expect(answer.checks.door).toEqual(door)
    expect(answer.checks.token).toEqual(listChecks({ ok: true }))
  })

  it('says no to a conversation that the token does not name', () => {
    const answer = ask({ conversation: 'office', publish: ['audio'] })
    expect(answer).toMatchObject({ ok: false, code: 'conversation_not_granted' })
    expect(outcomes(answer.checks.conversation)).toEqual({ grant: 'failed', room: 'not reached' })
    expect(outcomes(answer.checks.publication)).toEqual({ audio: 'not reached' })
  })

  it('says no to what may not be published, kind by kind', () => {
    const answer = ask({ conversation: 'lobby', publish: ['audio', 'screen'] })
    expect(answer).toMatchObject({ ok: false, code: 'permission_not_granted' })
    expect(answer.sentence).toContain('screen')
    expect(outcomes(answer.checks.publication)).toEqual({ audio: 'passed', screen: 'failed' })
  })

  it.each([
    [MAX_CONTACTS_PER_CONVERSATION - 1, true, undefined],
    [MAX_CONTACTS_PER_CONVERSATION, false, 'limit_reached'],
  ])('on a running server with %i contacts in the conversation says %s', (contacts, ok, code) => {
    const countContacts = vi.fn(() => contacts)
    const answer = ask({ conversation: 'lobby', publish: ['audio'] }, admission, { countContacts })
    expect(answer).toMatchObject({ ok, code })
    expect(outcomes(answer.checks.publication)).toEqual({ audio: ok ? 'passed' : 'not reached' })
    expect(countContacts).toHaveBeenCalledExactlyOnceWith('shop', 'lobby')
  })

  it('says that nobody knows whether there is room where no server runs', () => {
    const { ok, checks } = ask({ conversation: 'lobby' })
    expect([ok, checks.conversation[1]]).toEqual([
      true,
      { check: 'room', outcome: 'not reached', message: 'only a running server knows' },
    ])
  })
})
