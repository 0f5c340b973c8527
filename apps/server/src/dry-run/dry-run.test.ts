import { type ConversationGrant, listChecks, type VerifiedClaims } from '@stagedoor/access-token'
import { MAX_CONTACTS_PER_CONVERSATION } from '@stagedoor/protocol'
import { describe, expect, it, vi } from 'vitest'
import type { Admission } from '../admission/admit.ts'
import { type Refusal, refuseByPolicy, refuseToken } from '../admission/refusal.ts'
import { admissionOf } from '../session/session.fixture.ts'
import { type DryRunContext, dryRun, type Question } from './dry-run.ts'

const guest: ConversationGrant = { name: 'lobby', role: 'guest', publish: ['audio'], subscribe: true }

const claims = { jti: 'one' } as VerifiedClaims
const admission = admissionOf('alice', { grants: [guest], claims })

const expired = refuseToken({
  ok: false,
  code: 'token_expired',
  check: 'expiry',
  message: 'The token expired 95 s ago',
  authentic: true,
  clockDifferenceSeconds: -95,
})

function ask(
  question: Partial<Question>,
  decision: Admission | Refusal = admission,
  rest: Partial<DryRunContext> = {},
) {
  return dryRun(
    { apiKey: 'shop', id: 'alice', publish: [], ...question },
    { decideRegistration: () => decision, ...rest },
  )
}

function outcomes(checks: readonly { check: string; outcome: string }[]) {
  return Object.fromEntries(checks.map(({ check, outcome }) => [check, outcome]))
}

describe('a dryRun', () => {
  it('asks the registrar about the request', () => {
    const decideRegistration = vi.fn(() => admission)
    const countContacts = vi.fn(() => 0)
    ask({ token: 'a token', origin: 'https://shop.example' }, admission, { decideRegistration, countContacts })
    const request = { apiKey: 'shop', id: 'alice', token: 'a token', origin: 'https://shop.example' }
    expect(decideRegistration).toHaveBeenCalledExactlyOnceWith(request)
    expect(countContacts).not.toHaveBeenCalled()
  })

  it('admits a valid token', () => {
    const answer = ask({})
    expect(answer).toMatchObject({ ok: true, code: undefined, sentence: 'Yes: alice would be admitted.' })
    expect(new Set(Object.values(outcomes(answer.checks.token)))).toEqual(new Set(['passed']))
    expect(answer.checks).toMatchObject({ conversation: [], publication: [] })
  })

  it('admits what the token grants', () => {
    expect(ask({ conversation: 'lobby', publish: ['audio'] })).toMatchObject({
      ok: true,
      sentence: 'Yes: alice would be admitted, join lobby as guest, and publish audio.',
      permissions: { role: 'guest', publish: ['audio'] },
    })
  })

  it('lists no token checks if there is no token and none is required', () => {
    const yes = ask({}, admissionOf('alice'))
    expect([yes.ok, yes.checks.token]).toEqual([true, []])
    const refused = refuseByPolicy(
      { ok: false, code: 'origin_refused', check: 'origin', message: 'Not from there' },
      false,
    )
    const no = ask({}, refused)
    expect([no.ok, no.checks.token]).toEqual([false, []])
    expect(outcomes(no.checks.policy)).toMatchObject({ policy: 'passed', origin: 'failed' })
  })

  it('refuses if the token is refused, without reaching later checks', () => {
    const answer = ask({ conversation: 'lobby', publish: ['audio'] }, expired)
    expect(answer).toMatchObject({ ok: false, code: 'token_expired', permissions: undefined })
    expect(answer.sentence).toBe('No, token_expired: The token expired 95 s ago.')
    expect(outcomes(answer.checks.token)).toMatchObject({
      signature: 'passed',
      expiry: 'failed',
      user_id: 'not reached',
    })
    const { policy, conversation, publication } = answer.checks
    expect(new Set([...policy, ...conversation, ...publication].map(({ outcome }) => outcome))).toEqual(
      new Set(['not reached']),
    )
  })

  it('refuses if the policy refuses a valid token', () => {
    const refused = refuseByPolicy(
      { ok: false, code: 'origin_refused', check: 'origin', message: 'Not from there' },
      true,
    )
    const answer = ask({}, refused)
    expect(answer).toMatchObject({ ok: false, code: 'origin_refused', sentence: 'No, origin_refused: Not from there.' })
    expect(answer.checks.token).toEqual(listChecks({ ok: true }))
    expect(outcomes(answer.checks.policy)).toEqual({
      policy: 'passed',
      origin: 'failed',
      revocation: 'not reached',
      single_use: 'not reached',
      session_limit: 'not reached',
      registration_rate: 'not reached',
    })
  })

  it('leaves open what only a running server knows', () => {
    const live = ask({}, admission, { countContacts: () => 0 })
    expect(new Set(Object.values(outcomes(live.checks.policy)))).toEqual(new Set(['passed']))
    expect(outcomes(ask({}).checks.policy)).toMatchObject({
      revocation: 'passed',
      single_use: 'not reached',
      session_limit: 'not reached',
      registration_rate: 'not reached',
    })
  })

  it('refuses a conversation that the token does not name', () => {
    const answer = ask({ conversation: 'office', publish: ['audio'] })
    expect(answer).toMatchObject({ ok: false, code: 'conversation_not_granted' })
    expect(outcomes(answer.checks.conversation)).toEqual({ grant: 'failed', capacity: 'not reached' })
    expect(outcomes(answer.checks.publication)).toEqual({ audio: 'not reached' })
  })

  it('refuses kinds that may not be published, one by one', () => {
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

  it('leaves the capacity open if no server runs', () => {
    const { ok, checks } = ask({ conversation: 'lobby' })
    expect([ok, checks.conversation[1]]).toEqual([
      true,
      { check: 'capacity', outcome: 'not reached', message: 'needs a running server' },
    ])
  })
})
