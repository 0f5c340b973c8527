import { afterAll, describe, expect, it, vi } from 'vitest'
import type { Keyring } from '../keyring/keyring.ts'
import { DEFAULT_POLICY, type Policy } from '../policy/policy.ts'
import { Refusals } from '../refusal-log/refusals.ts'
import { BURST_SECONDS, RENEWALS_PER_SECOND } from '../session/pace.ts'
import { mint, openTestGate } from './gate.fixture.ts'

// Time stands still, so that nothing more is let through meanwhile.
vi.useFakeTimers({ now: Date.now(), toFake: ['Date'] })
afterAll(() => {
  vi.useRealTimers()
})

async function openLimitedGate(rateLimits: Partial<Policy['rateLimits']>, fetchKeysFor?: Keyring['fetchKeysFor']) {
  const refusals = new Refusals(() => true)
  const policy = { rateLimits: { ...DEFAULT_POLICY.rateLimits, ...rateLimits } }
  const opened = await openTestGate({ recordRefusal: (report) => refusals.note(report) }, fetchKeysFor, policy)
  return { ...opened, list: () => refusals.list({ limit: 10, code: 'rate_limited' }).refusals }
}

const ROOM = BURST_SECONDS

describe('an attempt beyond the limit', () => {
  it('of registrations is refused, closed and kept with its checks, and is no line in the log of every day', async () => {
    const { request, list, lines, context } = await openLimitedGate({ registrationsPerMinute: 1 })
    expect(await request().register(mint())).toMatchObject({ type: 'registered' })
    const client = request()
    const answer = await client.register(mint())
    expect(answer).toMatchObject({ type: 'refused', code: 'rate_limited', retryAfterSeconds: 60 })
    expect(await client.closed).toEqual({ code: 4401, reason: 'refused' })
    const failed = list()[0]?.checks.filter(({ outcome }) => outcome === 'failed')
    expect(failed).toMatchObject([{ check: 'registration_rate' }])
    expect(context.sessions.size).toBe(1)
    const told = lines.map((line) => JSON.parse(line)).filter(({ code }) => code === 'rate_limited')
    expect(told).toMatchObject([{ level: 20, code: 'rate_limited' }])
  })

  it('of an address is refused before anybody looks at the token, or fetches a key for it', async () => {
    const fetchKeysFor = vi.fn(() => undefined)
    const { request, list } = await openLimitedGate({ connectionAttemptsPerMinute: 2 }, fetchKeysFor)
    await request().register('a.b.c')
    await request().register('a.b.c')
    expect(await request().register('a.b.c')).toMatchObject({ code: 'rate_limited', retryAfterSeconds: 30 })
    expect(fetchKeysFor).toHaveBeenCalledTimes(2)
    expect(list()).toMatchObject([{ address: '127.0.0.1', userId: 'alice', count: 1 }])
    expect(list()[0]?.checks[0]).toMatchObject({ check: 'connection_rate', outcome: 'failed' })
  })
})

describe('a session that sends too much', () => {
  it('is answered so under each ref, and goes on', async () => {
    const { request, list, lines, context } = await openLimitedGate({ messagesPerSecond: 1 })
    const client = request()
    await client.register(mint())
    for (let ref = 2; ref < 2 + ROOM; ref++) await client.send({ type: 'join', ref, conversation: `${ref}` })
    for (let ref = 2; ref < 2 + ROOM; ref++) expect(await client.next()).toMatchObject({ type: 'joined', ref })
    const before = lines.length
    for (let ref = 100; ref < 200; ref++) await client.send({ type: 'leave', ref, conversation: '2' })
    for (let ref = 100; ref < 200; ref++) {
      expect(await client.next()).toMatchObject({ type: 'refused', ref, code: 'rate_limited', retryAfterSeconds: 1 })
    }
    expect(context.sessions.size).toBe(1)
    expect(list()).toMatchObject([{ count: 100, userId: 'alice', checks: [{ check: 'message_rate' }] }])
    expect(lines.length).toBe(before)
    vi.setSystemTime(Date.now() + 1_000)
    await client.send({ type: 'leave', ref: 300, conversation: '2' })
    expect(await client.next()).toMatchObject({ type: 'done', ref: 300 })
  })

  it('has its signals dropped, which are no answer to anything, and what cannot be read counted too', async () => {
    const { request, list } = await openLimitedGate({ messagesPerSecond: 1 })
    const [sender, receiver] = [request(), request()]
    await sender.register(mint())
    const other = await receiver.register(mint())
    const to = other.type === 'registered' ? other.sessionId : ''
    for (const client of [receiver, sender]) {
      await client.send({ type: 'join', ref: 2, conversation: 'a' })
      await client.next()
    }
    await receiver.next()
    for (let sent = 1; sent < ROOM; sent++) await sender.send({ type: 'what?', ref: 2 })
    for (let sent = 1; sent < ROOM; sent++) expect(await sender.next()).toMatchObject({ code: 'message_malformed' })
    const signal = { candidate: { candidate: 'a candidate' } }
    await sender.send({ type: 'signal', conversation: 'a', to, signal })
    await sender.send({ type: 'what?', ref: 3 })
    expect(await sender.next()).toMatchObject({ type: 'refused', ref: 3, code: 'rate_limited' })
    await receiver.send({ type: 'leave', ref: 4, conversation: 'a' })
    expect(await receiver.next()).toMatchObject({ type: 'done', ref: 4 })
    expect(list()).toMatchObject([{ count: 2 }])
  })

  it('can still renew, though not without end', async () => {
    const { request, list } = await openLimitedGate({ messagesPerSecond: 1 })
    const client = request()
    await client.register(mint())
    for (let ref = 0; ref <= ROOM; ref++) await client.send({ type: 'leave', ref, conversation: 'a' })
    for (let ref = 0; ref < ROOM; ref++) await client.next()
    expect(await client.next()).toMatchObject({ code: 'rate_limited' })
    const most = RENEWALS_PER_SECOND * BURST_SECONDS
    for (let ref = 0; ref <= most; ref++) await client.send({ type: 'renew', ref, token: mint() })
    for (let ref = 0; ref < most; ref++) expect(await client.next()).toMatchObject({ type: 'renewed', ref })
    expect(await client.next()).toMatchObject({ type: 'refused', ref: most, code: 'rate_limited' })
    expect(list()[0]?.checks).toMatchObject([{ check: 'renewal_rate' }])
  })
})
