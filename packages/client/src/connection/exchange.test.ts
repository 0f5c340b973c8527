import { MAX_FRAME_BYTES, MAX_SIGNAL_FRAME_BYTES } from '@stagedoor/protocol'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ConnectionError, FailedError } from '../errors.ts'
import { Exchange, MAX_KEPT, MAX_WAITING } from './exchange.ts'

const TIMEOUT_MS = 15_000
const JOIN = { type: 'join', conversation: 'a' } as const
const SIGNAL = { type: 'signal', conversation: 'a', to: 's', signal: { candidate: { candidate: '' } } } as const

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** A gate's side of a session: receives frames, answers each, and keeps its answers until they are received. */
class GateSide {
  readonly carriedOut: unknown[] = []
  readonly #answers: { readonly type: 'done'; readonly ref: number }[] = []

  get received(): number {
    return this.carriedOut.length
  }

  take(text: string): void {
    const message = JSON.parse(text) as { ref: number; text: string }
    this.carriedOut.push(message.text)
    this.#answers.push({ type: 'done', ref: message.ref })
  }

  after(received: number) {
    return this.#answers.slice(received)
  }
}

describe('an exchange', () => {
  it('carries out each request once and delivers each answer, wherever connections break', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ requests: fc.nat(4), arrive: fc.nat(6), answersArrive: fc.nat(6) }), { maxLength: 12 }),
        async (phases) => {
          const exchange = new Exchange(TIMEOUT_MS)
          const gate = new GateSide()
          const calls: Promise<unknown>[] = []
          let count = 0
          const talk = ({
            requests,
            arrive,
            answersArrive,
          }: {
            requests: number
            arrive: number
            answersArrive: number
          }) => {
            const sent: string[] = []
            expect(exchange.attach({ send: (text) => sent.push(text), lose: () => {} }, gate.received)).toBe(true)
            for (let at = 0; at < requests; at++) {
              const message = { type: 'send_message', conversation: 'a', text: `${++count}` } as const
              calls.push(exchange.request(message))
            }
            for (const text of sent.slice(0, arrive)) gate.take(text)
            for (const answer of gate.after(exchange.received).slice(0, answersArrive)) exchange.receive(answer)
            exchange.detach()
          }
          for (const phase of phases) talk(phase)
          const all = Number.POSITIVE_INFINITY
          talk({ requests: 0, arrive: all, answersArrive: all })
          await Promise.all(calls)
          expect(gate.carriedOut).toEqual(Array.from({ length: count }, (_none, at) => `${at + 1}`))
        },
      ),
      { numRuns: 1_000 },
    )
  })

  it('goes on over another connection only where both sides still have what the other has not received', () => {
    const exchange = new Exchange(TIMEOUT_MS)
    const connection = { send: vi.fn(), lose: vi.fn() }
    expect(exchange.attach(connection, 1)).toBe(false)
    expect(exchange.attach(connection, 0)).toBe(true)
    void exchange.request(JOIN).catch(() => {})
    exchange.receive({ type: 'done', ref: 1 } as never)
    exchange.detach()
    // The gate has answered the first frame, so one that says that it has received none is another session.
    expect(exchange.attach(connection, 0)).toBe(false)
    expect(exchange.attach(connection, 1)).toBe(true)
  })

  it('refuses one call that cannot be sent, and no other', async () => {
    const exchange = new Exchange(TIMEOUT_MS)
    const sent: string[] = []
    exchange.attach({ send: (text) => sent.push(text), lose: () => {} }, 0)
    const data = (value: unknown) => exchange.request({ type: 'send_data', conversation: 'a', data: value as never })
    await expect(data(10n)).rejects.toBeInstanceOf(TypeError)
    await expect(data('x'.repeat(70_000))).rejects.toMatchObject({ code: 'message_too_large' })
    await expect(data('\u0001'.repeat(16_000))).rejects.toMatchObject({ code: 'message_too_large' })
    await expect(data('ü'.repeat(MAX_FRAME_BYTES / 2))).rejects.toBeInstanceOf(FailedError)
    expect(sent).toEqual([])
    void data('x'.repeat(60_000)).catch(() => {})
    expect(sent).toHaveLength(1)
    const large = { candidate: { candidate: 'x'.repeat(MAX_SIGNAL_FRAME_BYTES) } }
    expect(() => exchange.tell({ ...SIGNAL, signal: large })).toThrow(FailedError)
    exchange.tell({ ...SIGNAL, signal: { candidate: { candidate: 'x'.repeat(200_000) } } })
    expect(sent).toHaveLength(2)
  })

  it(`refuses more than ${MAX_WAITING} requests that wait for an answer`, async () => {
    const exchange = new Exchange(TIMEOUT_MS)
    const waiting = Array.from({ length: MAX_WAITING }, () => exchange.request(JOIN))
    await expect(exchange.request(JOIN)).rejects.toMatchObject({ code: 'limit_reached' })
    exchange.end(new ConnectionError('ended'))
    for (const { status } of await Promise.allSettled(waiting)) expect(status).toBe('rejected')
  })

  it(`cannot be resumed after more than ${MAX_KEPT} frames without a connection`, () => {
    const exchange = new Exchange(TIMEOUT_MS)
    for (let count = 0; count < MAX_KEPT / 2; count++) exchange.tell(SIGNAL)
    expect(exchange.canResume).toBe(true)
    for (let count = 0; count < MAX_KEPT; count++) exchange.tell(SIGNAL)
    expect(exchange.canResume).toBe(false)
    expect(exchange.attach({ send: () => {}, lose: () => {} }, 0)).toBe(false)
  })

  it('gives up a connection on which no answer comes in time, and a request after the second time', async () => {
    const exchange = new Exchange(TIMEOUT_MS)
    const lose = vi.fn(() => exchange.detach())
    exchange.attach({ send: () => {}, lose }, 0)
    const request = exchange.request(JOIN)
    const outcome = expect(request).rejects.toBeInstanceOf(ConnectionError)
    vi.advanceTimersByTime(TIMEOUT_MS - 1)
    expect(lose).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1)
    expect(lose).toHaveBeenCalledOnce()
    vi.advanceTimersByTime(10 * TIMEOUT_MS)
    exchange.attach({ send: () => {}, lose }, 1)
    vi.advanceTimersByTime(TIMEOUT_MS)
    expect(lose).toHaveBeenCalledTimes(2)
    await outcome
  })

  it('does not keep signals for ever, though they have no answer', () => {
    const exchange = new Exchange(TIMEOUT_MS)
    const sent: string[] = []
    exchange.attach({ send: (text) => sent.push(text), lose: () => {} }, 0)
    for (let count = 0; count < 3 * MAX_KEPT; count++) {
      exchange.tell(SIGNAL)
      const last = JSON.parse(sent.at(-1) as string) as { type: string; ref: number }
      if (last.type === 'ping') exchange.receive({ type: 'done', ref: last.ref } as never)
    }
    expect(exchange.canResume).toBe(true)
    exchange.detach()
    const again: string[] = []
    expect(exchange.attach({ send: (text) => again.push(text), lose: () => {} }, sent.length)).toBe(true)
    expect(again).toEqual([])
  })
})
