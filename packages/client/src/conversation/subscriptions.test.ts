import type { StreamInfo } from '@stagedoor/protocol'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Requester } from '../connection/messages.ts'
import { Contact } from '../contact.ts'
import { ConnectionError, FailedError, SessionLostError } from '../errors.ts'
import { FakeMediaStream, FakeTrack } from '../media/fake-media.fixture.ts'
import type { Stream } from '../media/stream.ts'
import { MEDIA_TIMEOUT_MS, Subscriptions } from './subscriptions.ts'

const BOB = new Contact({ sessionId: 's', id: 'bob', role: 'guest', userData: {} })

function published(rest: Partial<StreamInfo> = {}): StreamInfo {
  return {
    streamId: 'stream 1',
    sessionId: 's',
    mediaStreamId: 'media',
    audio: true,
    video: true,
    screen: false,
    audioMuted: false,
    videoMuted: false,
    ...rest,
  }
}

const track = (kind: 'audio' | 'video') => new FakeTrack(kind) as unknown as MediaStreamTrack

function open() {
  const requests: string[] = []
  const added: Stream[] = []
  const removed: Stream[] = []
  let fail: ((error: Error) => void) | undefined
  let isConnected = true
  const requester: Requester = {
    request: ((message: { type: string; streamId: string }) =>
      new Promise((_resolve, reject) => {
        requests.push(`${message.type} ${message.streamId}`)
        fail = reject
      })) as Requester['request'],
    tell: () => {},
  }
  const subscriptions = new Subscriptions({
    conversation: 'a',
    requester,
    isConnected: () => isConnected,
    onStreamAdded: (stream) => added.push(stream),
    onStreamRemoved: (stream) => removed.push(stream),
  })
  const arrive = (...kinds: ('audio' | 'video')[]) => kinds.map((kind) => subscriptions.take('s', 'media', track(kind)))
  const connect = (is: boolean) => {
    isConnected = is
  }
  return { subscriptions, requests, added, removed, arrive, connect, fail: (error: Error) => fail?.(error) }
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('RTCPeerConnection', class {})
  vi.stubGlobal('MediaStream', FakeMediaStream)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('a subscription', () => {
  it('resolves with one stream when all its tracks have arrived, and takes no others', async () => {
    const { subscriptions, requests, added, arrive } = open()
    const arrivals = [subscriptions.subscribe(published(), BOB), subscriptions.subscribe(published(), BOB)]
    expect(subscriptions.expects('s')).toBe(true)
    expect(arrive('audio', 'audio')).toEqual([true, false])
    expect(subscriptions.take('another', 'media', track('video'))).toBe(false)
    expect(added).toEqual([])
    expect(arrive('video', 'video')).toEqual([true, false])
    const [one, other] = await Promise.all(arrivals)
    expect(one).toBe(other)
    expect([added, requests]).toEqual([[one], ['subscribe stream 1']])
  })

  it('is given up when its media do not arrive in time, which does not pass while there is no connection', async () => {
    const { subscriptions, requests, connect } = open()
    const arrival = subscriptions.subscribe(published(), BOB)
    const outcome = expect(arrival).rejects.toBeInstanceOf(ConnectionError)
    connect(false)
    await vi.advanceTimersByTimeAsync(3 * MEDIA_TIMEOUT_MS)
    expect(requests).toEqual(['subscribe stream 1'])
    connect(true)
    await vi.advanceTimersByTimeAsync(MEDIA_TIMEOUT_MS)
    await outcome
    expect(requests).toEqual(['subscribe stream 1', 'unsubscribe stream 1'])
  })

  it('is complete without a track that its publisher has removed, and takes one that is added', async () => {
    const { subscriptions, arrive } = open()
    const arrival = subscriptions.subscribe(published(), BOB)
    arrive('audio')
    subscriptions.update(published({ video: false }))
    const stream = await arrival
    expect([stream.hasAudio(), stream.hasVideo()]).toEqual([true, false])
    expect(arrive('video')).toEqual([false])
    subscriptions.update(published({ video: true }))
    expect(arrive('video')).toEqual([true])
    expect(stream.hasVideo()).toBe(true)
    subscriptions.update(published({ audio: false }))
    expect(stream.hasAudio()).toBe(false)
  })

  it('goes on waiting in the next session, and one that had arrived comes again', async () => {
    const { subscriptions, requests, added, removed, arrive, fail } = open()
    const arrival = subscriptions.subscribe(published(), BOB)
    subscriptions.reset()
    fail(new SessionLostError('lost'))
    subscriptions.restore(published({ mediaStreamId: 'another' }), BOB)
    subscriptions.restore(published({ streamId: 'stream 2' }), BOB)
    arrive('audio', 'video')
    const stream = await arrival
    expect(stream.getId()).toBe('stream 2')
    subscriptions.reset()
    expect(removed).toEqual([stream])
    subscriptions.restore(published({ streamId: 'stream 3' }), BOB)
    arrive('audio', 'video')
    expect(added.map((one) => one.getId())).toEqual(['stream 2', 'stream 3'])
    expect(requests).toEqual(['subscribe stream 1', 'subscribe stream 2', 'subscribe stream 3'])
  })

  it('stays silent on this side when it comes again after the user has switched it off', async () => {
    const { subscriptions, added, arrive } = open()
    const arrival = subscriptions.subscribe(published(), BOB)
    arrive('audio', 'video')
    const stream = await arrival
    stream.disableAudio()
    subscriptions.reset()
    subscriptions.restore(published({ streamId: 'stream 2' }), BOB)
    arrive('audio', 'video')
    const again = added.at(-1)
    expect([again?.isAudioSwitchedOff, again?.isVideoSwitchedOff]).toEqual([true, false])
    expect(again?.getData().getAudioTracks()[0]?.enabled).toBe(false)
    expect(again?.getData().getVideoTracks()[0]?.enabled).toBe(true)
  })

  it('ends with its stream, with the conversation, or when it is not wanted any more', async () => {
    const { subscriptions, removed, requests, arrive } = open()
    const ended = subscriptions.subscribe(published(), BOB)
    subscriptions.remove('stream 1')
    await expect(ended).rejects.toBeInstanceOf(FailedError)
    const arrived = subscriptions.subscribe(published(), BOB)
    arrive('audio', 'video')
    const stream = await arrived
    void subscriptions.unsubscribe('stream 1')
    expect([removed, requests.at(-1)]).toEqual([[stream], 'unsubscribe stream 1'])
    const left = subscriptions.subscribe(published(), BOB)
    subscriptions.clear()
    await expect(left).rejects.toMatchObject({ code: 'stream_unknown' })
    expect(subscriptions.expects('s')).toBe(false)
  })

  it('is refused with what the gate says', async () => {
    const { subscriptions, fail } = open()
    const arrival = subscriptions.subscribe(published(), BOB)
    const error = new FailedError({ code: 'stream_unknown', message: 'In words.' })
    fail(error)
    await expect(arrival).rejects.toBe(error)
  })

  it('is refused where there is no WebRTC', async () => {
    vi.stubGlobal('RTCPeerConnection', undefined)
    const { subscriptions } = open()
    await expect(subscriptions.subscribe(published(), BOB)).rejects.toThrow('no WebRTC')
  })
})
