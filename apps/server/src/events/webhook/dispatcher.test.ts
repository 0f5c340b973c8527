import { createSecretKey } from 'node:crypto'
import { setMaxListeners } from 'node:events'
import { Webhook } from 'standardwebhooks'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { systemClock } from '../../clock.ts'
import { StoreDownError } from '../../store-down.ts'
import { createSeal } from '../../vault/seal.ts'
import type { AuditEntry } from '../audit.ts'
import { MAX_ATTEMPTS_AT_ONCE, MAX_ATTEMPTS_OF_ENDPOINT } from './attempt-slots.ts'
import type { Delivery, Settlement } from './delivery.ts'
import { Dispatcher, type DispatcherStore, LEASE_SECONDS, LOOK_SECONDS, type SettlementStore } from './dispatcher.ts'
import type { EndpointState, SealedEndpoint } from './endpoint.ts'
import { POST_TIMEOUT_SECONDS, type Posted } from './post.ts'
import { sealSecrets } from './seal-secrets.ts'
import { FIRST_RETRY_SECONDS } from './settle-attempt.ts'
import { deliveryOf } from './webhook.fixture.ts'
import type { Claim } from './webhook-store.ts'

const START = 1_000
const seal = createSeal(() => [createSecretKey(Buffer.alloc(32))])
const SECRETS = ['a', 'b'].map((letter) => `whsec_${Buffer.alloc(32, letter).toString('base64')}`) as [string, string]

beforeEach(() => {
  vi.useFakeTimers({ now: START * 1000 })
})
afterEach(() => {
  vi.useRealTimers()
})

interface Request {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  answer(posted: Posted): Promise<void>
}

/** A dispatcher whose store returns what is put in, and whose requests wait for their responses. */
function open(state: EndpointState = 'active') {
  const due: Delivery[] = []
  const claims: Claim[] = []
  const settled: Settlement[] = []
  const requests: Request[] = []
  const onError = vi.fn()
  const onGone = vi.fn()
  const audit: AuditEntry[] = []
  let fails = false
  const place = { apiKey: 'shop', endpointId: 'ep_shop' }
  const endpoint: SealedEndpoint = {
    ...place,
    url: 'https://shop.example/events',
    types: undefined,
    description: '',
    state,
    isGone: false,
    createdAt: 0,
    ...sealSecrets(seal, place, [{ secret: SECRETS[0] }, { secret: SECRETS[1], until: START + 10 }]),
  }
  const store: DispatcherStore & SettlementStore = {
    async claimDeliveries(claim) {
      if (fails) throw new StoreDownError('no answer')
      claims.push(claim)
      return due.splice(0, Math.min(claim.limit, claim.roomOf('ep_shop', new Map())))
    },
    async settleDeliveries(settlements) {
      if (fails) throw new StoreDownError('no answer')
      const isFirst = settled.every(({ isGone }) => !isGone)
      settled.push(...settlements)
      return isFirst && settlements.some(({ isGone }) => isGone) ? [endpoint] : []
    },
    appendAudit: async (entry) => void audit.push(entry),
    transaction: (run) => run(store),
  }
  const dispatcher = new Dispatcher({
    store,
    directory: { find: (endpointId) => (endpointId === 'ep_shop' ? endpoint : undefined) },
    seal,
    clock: systemClock,
    post: (url, headers, body, signal) =>
      new Promise((done) => {
        setMaxListeners(0, signal)
        signal.addEventListener('abort', () => done({ reason: 'the platform was stopped' }))
        requests.push({
          url,
          headers,
          body,
          async answer(posted) {
            done(posted)
            await vi.advanceTimersByTimeAsync(100)
          },
        })
      }),
    random: () => 0,
    userAgent: 'Stagedoor/test',
    onError,
    onSetAside: () => {},
    onGone,
  })
  return {
    dispatcher,
    claims,
    settled,
    requests,
    onError,
    onGone,
    audit,
    async give(...deliveries: Delivery[]) {
      due.push(...deliveries)
      dispatcher.wake()
      await vi.advanceTimersByTimeAsync(0)
    },
    fail: (now: boolean) => {
      fails = now
    },
  }
}

describe('a due delivery', () => {
  it('is sent as written, signed by each active secret', async () => {
    const { give, requests, settled } = open()
    await give(deliveryOf('one'))
    const [request] = requests
    expect(request).toMatchObject({ url: 'https://shop.example/events', body: '{"name":"one"}' })
    const { headers = {} } = request ?? {}
    expect(headers).toMatchObject({ 'webhook-id': 'msg_one', 'webhook-timestamp': '1000' })
    expect(headers['user-agent']).toBe('Stagedoor/test')
    for (const secret of SECRETS)
      expect(new Webhook(secret).verify(request?.body ?? '', headers)).toEqual({ name: 'one' })
    await request?.answer({ status: 200 })
    expect(settled).toMatchObject([{ deliveryId: 'dlv_one', state: 'delivered', tries: 1 }])
    expect(settled[0]?.attempts).toEqual([{ at: START, millis: 0, status: 200 }])
  })

  it('is signed by a replaced secret for one more day', async () => {
    const { give, requests } = open()
    await vi.advanceTimersByTimeAsync(10_000)
    await give(deliveryOf('one'))
    const { headers = {}, body = '' } = requests[0] ?? {}
    expect(() => new Webhook(SECRETS[0]).verify(body, headers)).not.toThrow()
    expect(() => new Webhook(SECRETS[1]).verify(body, headers)).toThrow('No matching')
  })

  it('is claimed periodically, with a lease that is longer than an attempt', async () => {
    const { claims } = open()
    await vi.advanceTimersByTimeAsync(LOOK_SECONDS * 1000)
    expect(claims).toMatchObject([{ now: START + LOOK_SECONDS, leasedUntil: START + LOOK_SECONDS + LEASE_SECONDS }])
    expect(LEASE_SECONDS).toBeGreaterThan(POST_TIMEOUT_SECONDS)
    await vi.advanceTimersByTimeAsync(LOOK_SECONDS * 1000)
    expect(claims).toHaveLength(2)
  })

  it('is retried later if it was not accepted, and the reason is recorded', async () => {
    const { give, requests, settled } = open()
    await give(deliveryOf('one'), deliveryOf('two'), deliveryOf('three'))
    await requests[0]?.answer({ status: 500 })
    await requests[1]?.answer({ status: 302 })
    await requests[2]?.answer({ reason: 'the connection was refused' })
    expect(settled).toMatchObject([
      {
        state: 'pending',
        dueAt: START + FIRST_RETRY_SECONDS,
        attempts: [{ status: 500, reason: 'the endpoint answered 500' }],
      },
      { state: 'pending', attempts: [{ status: 302, reason: expect.stringContaining('not followed') }] },
      { state: 'pending', attempts: [{ reason: 'the connection was refused' }] },
    ])
  })

  it('is sent with a limit per endpoint, which is one after a failure', async () => {
    const { give, requests } = open()
    await give(...Array.from({ length: 30 }, (_, at) => deliveryOf(`${at}`)))
    expect(requests).toHaveLength(MAX_ATTEMPTS_OF_ENDPOINT)
    for (const request of requests.slice()) await request.answer({ status: 503 })
    expect(requests).toHaveLength(MAX_ATTEMPTS_OF_ENDPOINT + 1)
    await requests.at(-1)?.answer({ status: 200 })
    expect(requests).toHaveLength(2 * MAX_ATTEMPTS_OF_ENDPOINT + 1)
  })

  it.each([429, 503])(
    'waits, with all others for its endpoint, if that answers %s with Retry-After',
    async (status) => {
      const { give, requests, claims, settled } = open()
      await give(deliveryOf('one'))
      await requests[0]?.answer({ status, retryAfter: '60' })
      expect(settled).toMatchObject([{ state: 'pending', dueAt: START + 60 }])
      expect(settled[0]?.attempts).toEqual([
        { at: START, millis: 0, status, reason: `the endpoint answered ${status}` },
      ])
      await give(deliveryOf('two'))
      expect([requests.length, claims.at(-1)?.roomOf('ep_shop', new Map())]).toEqual([1, 0])
      await vi.advanceTimersByTimeAsync(60_000)
      expect(requests).toHaveLength(2)
      await requests[1]?.answer({ status: 200 })
      expect(claims.at(-1)?.roomOf('ep_shop', new Map())).toBe(MAX_ATTEMPTS_OF_ENDPOINT)
    },
  )

  it('ignores Retry-After in other responses', async () => {
    const { give, requests, settled } = open()
    await give(deliveryOf('one'))
    await requests[0]?.answer({ status: 500, retryAfter: '60' })
    expect(settled).toMatchObject([{ dueAt: START + FIRST_RETRY_SECONDS }])
  })

  it('is not sent to an endpoint that answered 410, which is in the audit log once', async () => {
    const { give, requests, audit, onGone } = open()
    await give(deliveryOf('one'), deliveryOf('two'))
    for (const request of requests.slice()) await request.answer({ status: 410 })
    expect(audit).toEqual([
      {
        at: expect.any(Number),
        actor: { kind: 'platform', id: undefined, name: undefined },
        address: undefined,
        action: 'webhook.disabled',
        apiKey: 'shop',
        subject: 'ep_shop',
        before: { url: 'https://shop.example/events', state: 'active' },
        after: { url: 'https://shop.example/events', state: 'disabled', isGone: true },
      },
    ])
    expect(onGone).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ endpointId: 'ep_shop' }))
  })

  it('is never claimed beyond the free slots', async () => {
    const { give, claims } = open()
    await give(...Array.from({ length: 5 }, (_, at) => deliveryOf(`${at}`)))
    expect(claims.at(-1)?.limit).toBe(MAX_ATTEMPTS_AT_ONCE)
    await vi.advanceTimersByTimeAsync(LOOK_SECONDS * 1000)
    expect(claims.at(-1)?.limit).toBe(MAX_ATTEMPTS_AT_ONCE - 5)
  })

  it('is returned untried if its endpoint is disabled or unknown here', async () => {
    const { give, requests, settled } = open('disabled')
    await give(deliveryOf('one'), deliveryOf('two', { endpointId: 'ep_new' }))
    await vi.advanceTimersByTimeAsync(100)
    expect(requests).toEqual([])
    expect(settled).toMatchObject([
      { state: 'pending', tries: 0 },
      { state: 'pending', tries: 0 },
    ])
  })

  it('is sent automatically after the store was down, which is reported once', async () => {
    const { give, requests, settled, fail, onError } = open()
    await give(deliveryOf('one'))
    fail(true)
    await requests[0]?.answer({ status: 200 })
    await vi.advanceTimersByTimeAsync(5_000)
    expect(onError).toHaveBeenCalledTimes(2)
    fail(false)
    await vi.advanceTimersByTimeAsync(100)
    expect(settled).toMatchObject([{ state: 'delivered' }])
  })

  it('is aborted if the platform stops, which does not count as an attempt', async () => {
    const { give, dispatcher, settled, claims } = open()
    await give(deliveryOf('one'))
    await dispatcher.close()
    expect(settled).toMatchObject([{ state: 'pending', tries: 0, attempts: [] }])
    const asked = claims.length
    await vi.advanceTimersByTimeAsync(5_000)
    dispatcher.wake()
    expect(claims).toHaveLength(asked)
    expect(vi.getTimerCount()).toBe(0)
  })
})
