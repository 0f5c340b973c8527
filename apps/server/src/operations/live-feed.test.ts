import { describe, expect, it } from 'vitest'
import { join } from '../conversation/join.ts'
import { leave } from '../conversation/leave.ts'
import { publish, unpublish } from '../conversation/publish.ts'
import { admissionOf, RecordingChannel } from '../session/session.fixture.ts'
import { BATCH_SECONDS, type Batch, LiveFeed, MAX_CHANGES_PER_BATCH } from './live-feed.ts'
import { makeOperations } from './operations.fixture.ts'

const STREAM = { mediaStreamId: 'x', audio: true, video: false, screen: false, audioMuted: false, videoMuted: false }

/** Live operations with a follower, whose batches are sent when the test says so. */
function followPlatform(apiKey = 'shop') {
  const due: { seconds: number; run: () => void; isOff: boolean }[] = []
  const clock = {
    now: () => 0,
    after(seconds: number, run: () => void) {
      const timer = { seconds, run, isOff: false }
      due.push(timer)
      return () => {
        timer.isOff = true
      }
    },
  }
  const live = new LiveFeed(clock)
  const operations = makeOperations(live)
  const beats: Batch[] = []
  const stop = live.follow(apiKey, (beat) => beats.push(beat))
  const open = (userId: string, key = 'shop') =>
    operations.sessions.open(admissionOf(userId, { apiKey: key }), new RecordingChannel())

  /** The changes in the next batch; undefined if none is due. */
  function beat() {
    for (const { run, isOff } of due.splice(0)) if (!isOff) run()
    const [told] = beats.splice(0)
    if (told === undefined) return undefined
    const { opened, changed, closed } = told.sessions
    const names = (sessions: typeof opened) => sessions.map(({ userId }) => userId)
    return { ...told, sessions: { opened: names(opened), changed: names(changed), closed } }
  }
  return { operations, live, open, beat, stop, due }
}

describe('a follower of an API key', () => {
  it('gets sessions that were opened, changed and closed, in one batch', () => {
    const { operations, open, beat, due } = followPlatform()
    const [alice, bob] = [open('alice'), open('bob')]
    expect(due.map(({ seconds }) => seconds)).toEqual([BATCH_SECONDS])
    expect(beat()?.sessions).toEqual({ opened: ['alice', 'bob'], changed: [], closed: [] })
    operations.sessions.renew(alice, admissionOf('alice', { expiresAt: 9_000 }))
    open('carol')
    bob.close('session_closed')
    const closed = [{ sessionId: bob.id, reason: 'session_closed' }]
    expect(beat()?.sessions).toEqual({ opened: ['carol'], changed: ['alice'], closed })
    expect(beat()).toBeUndefined()
  })

  it('is notified when a client disconnects and when it is back', () => {
    const { operations, open, beat } = followPlatform()
    const alice = open('alice')
    beat()
    operations.sessions.suspend(alice)
    expect(beat()?.sessions.changed).toEqual(['alice'])
    operations.sessions.resume(alice, new RecordingChannel(), 0)
    expect(beat()?.sessions.changed).toEqual(['alice'])
  })

  it('gets a session once if it was opened and changed, and only its end if it was closed too', () => {
    const { operations, open, beat } = followPlatform()
    const [alice, bob] = [open('alice'), open('bob')]
    for (const session of [alice, bob]) join(operations.conversations, session, 'lobby')
    operations.sessions.end(bob, 'left')
    const closed = [{ sessionId: bob.id, reason: 'left' }]
    expect(beat()?.sessions).toEqual({ opened: ['alice'], changed: [], closed })
  })

  it('gets conversations whose members or streams changed', () => {
    const { operations, open, beat } = followPlatform()
    const alice = open('alice')
    beat()
    join(operations.conversations, alice, 'lobby')
    join(operations.conversations, alice, 'attic')
    expect(beat()).toMatchObject({ conversations: ['lobby', 'attic'], sessions: { changed: ['alice'] } })
    const membership = operations.conversations.find(alice, 'lobby')
    if (!membership.ok) throw new Error('not in')
    const published = publish(membership.value, STREAM)
    expect(beat()).toMatchObject({ conversations: ['lobby'], sessions: { changed: [] } })
    if (published.ok) unpublish(membership.value, published.value)
    expect(beat()?.conversations).toEqual(['lobby'])
    leave(operations.conversations, alice, 'attic')
    expect(beat()).toMatchObject({ conversations: ['attic'], sessions: { changed: ['alice'] } })
  })

  it('gets the number of refusals, and the id of the latest', () => {
    const { live, beat } = followPlatform()
    for (const refusalId of ['rf_1', 'rf_2']) live.refused({ apiKey: 'shop', refusalId })
    expect(beat()?.refusals).toEqual({ count: 2, latestRefusalId: 'rf_2' })
    expect(beat()).toBeUndefined()
  })

  it('gets nothing of other API keys, and nothing after it has stopped', () => {
    const { live, open, beat, stop } = followPlatform()
    open('alice', 'other')
    live.refused({ apiKey: 'other', refusalId: 'rf_1' })
    expect(beat()).toBeUndefined()
    open('alice')
    stop()
    open('bob')
    expect(beat()).toBeUndefined()
  })

  it(`gets up to ${MAX_CHANGES_PER_BATCH} sessions in a batch, and beyond that only that there are more`, () => {
    const { open, beat, live } = followPlatform()
    for (let at = 0; at < MAX_CHANGES_PER_BATCH; at++) open(`user ${at}`)
    const told = beat()
    expect([told?.sessions.opened.length, told?.isTooMuch]).toEqual([MAX_CHANGES_PER_BATCH, false])
    for (let at = 0; at <= MAX_CHANGES_PER_BATCH; at++) open(`other ${at}`)
    open('one more')
    live.refused({ apiKey: 'shop', refusalId: 'rf_1' })
    expect(beat()).toEqual({
      isTooMuch: true,
      sessions: { opened: [], changed: [], closed: [] },
      conversations: [],
      refusals: { count: 1, latestRefusalId: 'rf_1' },
    })
    open('the next')
    expect(beat()).toMatchObject({ isTooMuch: false, sessions: { opened: ['the next'] } })
  })
})
