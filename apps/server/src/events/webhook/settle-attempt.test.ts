import { describe, expect, it } from 'vitest'
import {
  FIRST_RETRY_SECONDS,
  JITTER,
  MAX_KEPT_ATTEMPTS,
  MAX_RETRY_SECONDS,
  pauseAfter,
  RETRY_FOR_SECONDS,
  settleAttempt,
} from './settle-attempt.ts'
import { deliveryOf } from './webhook.fixture.ts'

const NOW = 1_000

const judge = (
  status: number | undefined,
  rest: Parameters<typeof deliveryOf>[1] = {},
  now = NOW,
  atLeastSeconds?: number,
) => settleAttempt(deliveryOf('one', rest), { at: now, millis: 1, status }, now, { random: 0, atLeastSeconds })

describe('an attempt to deliver', () => {
  it.each([
    [200, 'delivered'],
    [204, 'delivered'],
    [299, 'delivered'],
    [199, 'pending'],
    [300, 'pending'],
    [404, 'pending'],
    [500, 'pending'],
    [undefined, 'pending'],
    [410, 'dead'],
  ])('that is answered %s leaves it %s', (status, state) => {
    expect(judge(status)).toMatchObject({ state, tries: 1, isGone: status === 410 })
  })

  it('that fails is followed by another after a pause that doubles, up to a maximum', () => {
    expect(judge(500)).toMatchObject({ dueAt: NOW + FIRST_RETRY_SECONDS })
    expect(judge(500, { tries: 3 })).toMatchObject({ dueAt: NOW + 8 * FIRST_RETRY_SECONDS, tries: 4 })
    expect(pauseAfter(1_000, 0)).toBe(MAX_RETRY_SECONDS)
  })

  it('is not followed by another before the time that the endpoint requested', () => {
    expect(judge(503, {}, NOW, 60)).toMatchObject({ dueAt: NOW + 60 })
    expect(judge(503, {}, NOW, 1)).toMatchObject({ dueAt: NOW + FIRST_RETRY_SECONDS })
    expect(judge(503, { tries: 9 }, NOW, 60)).toMatchObject({ dueAt: NOW + 512 * FIRST_RETRY_SECONDS })
  })

  it('randomizes a part of the pause', () => {
    expect(pauseAfter(1, 1)).toBe(FIRST_RETRY_SECONDS * (1 - JITTER))
    expect(pauseAfter(1, 0.5)).toBe(FIRST_RETRY_SECONDS * (1 - JITTER / 2))
  })

  it('is the last if the next one would be too late, counted from the start', () => {
    const now = NOW + RETRY_FOR_SECONDS - FIRST_RETRY_SECONDS
    expect(judge(500, {}, now)).toMatchObject({ state: 'pending' })
    expect(judge(500, {}, now + 0.1)).toMatchObject({ state: 'dead' })
    expect(judge(500, { beganAt: NOW + 1 }, now + 0.1)).toMatchObject({ state: 'pending' })
    expect(judge(200, {}, now + 0.1)).toMatchObject({ state: 'delivered' })
  })

  it('is kept with the latest earlier ones', () => {
    const attempts = Array.from({ length: MAX_KEPT_ATTEMPTS }, (_, at) => ({ at, millis: 1, status: 500 }))
    const kept = judge(200, { attempts }).attempts
    expect(kept).toHaveLength(MAX_KEPT_ATTEMPTS)
    expect([kept.at(0), kept.at(-1)]).toMatchObject([{ at: 1 }, { at: NOW, status: 200 }])
  })
})
