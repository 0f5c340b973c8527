import { describe, expect, it, vi } from 'vitest'
import type { Answer, Requester } from '../connection/messages.ts'
import { FailedError, SessionLostError, SupersededError } from '../errors.ts'
import { type FakeTrack, fakeMedia } from '../media/fake-media.fixture.ts'
import { Stream } from '../media/stream.ts'
import { type PublicationEnd, Publications } from './publications.ts'

/** A gate that answers when the test says so, or at once. */
function open({ answersAtOnce = true } = {}) {
  const requests: { readonly type: string; readonly [name: string]: unknown }[] = []
  const held: { answer: () => void; fail: (error: Error) => void }[] = []
  const ended: PublicationEnd[] = []
  const mesh = { send: vi.fn(), update: vi.fn(), stopSending: vi.fn(), stopSendingToAll: vi.fn() }
  let isIn = true
  let published = 0
  const requester: Requester = {
    request: ((message: { type: string }, accept?: (answer: Answer) => void) =>
      new Promise((resolve, reject) => {
        requests.push(message)
        const answer = () => {
          const value = {
            type: 'published',
            streamId: message.type === 'publish' ? `stream ${++published}` : undefined,
          }
          accept?.(value as never)
          resolve(value as never)
        }
        if (answersAtOnce) answer()
        else held.push({ answer, fail: reject })
      })) as Requester['request'],
    tell: () => {},
  }
  const publications = new Publications({
    conversation: 'a',
    requester,
    mesh,
    isIn: () => isIn,
    onEnded: (end) => ended.push(end),
  })
  const take = () => requests.splice(0).map(({ type }) => type)
  return {
    publications,
    mesh,
    requests,
    held,
    ended,
    take,
    enter: () => {
      isIn = true
      publications.sync()
    },
    exit: () => {
      isIn = false
    },
  }
}

const camera = () => new Stream(fakeMedia('audio', 'video'))
const tracksOf = (stream: Stream) => stream.getData().getTracks() as unknown as FakeTrack[]
const settle = () => new Promise((next) => setImmediate(next))

describe('a publication', () => {
  it('is what the last call says, however many there were', async () => {
    const { publications, take, requests } = open()
    const stream = camera()
    const calls: Promise<unknown>[] = []
    for (let count = 0; count < 10; count++) {
      calls.push(publications.publish(stream, {}), publications.unpublish(stream))
    }
    calls.push(publications.publish(stream, {}))
    await Promise.allSettled(calls)
    expect(publications.has(stream)).toBe(true)
    expect(requests.filter(({ type }) => type === 'publish').length).toBe(
      requests.filter(({ type }) => type === 'unpublish').length + 1,
    )
    take()
    await Promise.all([publications.publish(stream, {}), publications.publish(stream, {})])
    expect(take()).toEqual([])
  })

  it('that is unpublished before the gate has answered is withdrawn as soon as it has', async () => {
    const { publications, held, take } = open({ answersAtOnce: false })
    const stream = camera()
    const published = publications.publish(stream, {})
    const unpublished = publications.unpublish(stream)
    await expect(published).rejects.toBeInstanceOf(SupersededError)
    held.shift()?.answer()
    await settle()
    held.shift()?.answer()
    await unpublished
    expect(take()).toEqual(['publish', 'unpublish'])
    expect(publications.has(stream)).toBe(false)
  })

  it('says that it is muted also where that was changed while the gate had not answered', async () => {
    const { publications, held, requests } = open({ answersAtOnce: false })
    const stream = camera()
    const published = publications.publish(stream, {})
    stream.disableVideo()
    held.shift()?.answer()
    await published
    await settle()
    expect(requests).toMatchObject([
      { type: 'publish', stream: { videoMuted: false } },
      { type: 'mute', audioMuted: false, videoMuted: true },
    ])
  })

  it('waits for the conversation, and is made again in the next session', async () => {
    const { publications, take, enter, exit } = open()
    const stream = camera()
    exit()
    const published = publications.publish(stream, {})
    await settle()
    expect(take()).toEqual([])
    enter()
    await published
    expect(take()).toEqual(['publish'])
    exit()
    publications.reset()
    stream.disableAudio()
    await settle()
    enter()
    await settle()
    expect(take()).toEqual(['publish'])
    expect(publications.ofStreamId('stream 2')).toBe(stream)
  })

  it('whose answer was lost with its session is made once in the next', async () => {
    const { publications, held, take } = open({ answersAtOnce: false })
    const published = publications.publish(camera(), {})
    publications.reset()
    held.shift()?.fail(new SessionLostError('lost'))
    await settle()
    held.shift()?.answer()
    await published
    expect(take()).toEqual(['publish', 'publish'])
  })

  it('is updated when a track ends, is added or is removed, and ends with its last track', async () => {
    const { publications, requests, ended, take, mesh } = open()
    const stream = camera()
    await publications.publish(stream, {})
    await settle()
    take()
    const [microphone, webcam] = tracksOf(stream)
    webcam?.unplug()
    await settle()
    expect(requests.splice(0)).toMatchObject([{ type: 'update_stream', stream: { audio: true, video: false } }])
    stream.addTrack(tracksOf(camera())[1] as unknown as MediaStreamTrack)
    await settle()
    expect(requests.splice(0)).toMatchObject([{ type: 'update_stream', stream: { audio: true, video: true } }])
    stream.removeTrack(microphone as unknown as MediaStreamTrack)
    await settle()
    expect(requests.splice(0)).toMatchObject([{ type: 'update_stream', stream: { audio: false, video: true } }])
    tracksOf(stream).at(-1)?.unplug()
    await settle()
    expect(take()).toEqual(['unpublish'])
    expect(ended).toEqual([{ stream, reason: 'stopped' }])
    expect(mesh.stopSendingToAll).toHaveBeenCalledWith('stream 1')
    await expect(publications.publish(stream, {})).rejects.toBeInstanceOf(TypeError)
  })

  it('takes the place of another for those who receive it, or of none that is published already', async () => {
    const { publications, take, mesh } = open()
    const [first, second] = [camera(), camera()]
    await publications.publish(first, {})
    await settle()
    take()
    await publications.replace(first, second)
    expect([publications.has(first), publications.has(second)]).toEqual([false, true])
    expect(mesh.update).toHaveBeenLastCalledWith('stream 1', {
      carrier: first.getData(),
      tracks: second.getData().getTracks(),
    })
    expect(take()).toEqual([])
    await publications.publish(first, {})
    await settle()
    take()
    await publications.replace(first, second)
    expect(take()).toEqual(['unpublish'])
    expect([publications.has(first), publications.has(second)]).toEqual([false, true])
    await expect(publications.replace(first, second)).rejects.toThrow('not published')
  })

  it('of a screen does not take the place of a camera: receivers must know what it is', async () => {
    const { publications, take } = open()
    const first = camera()
    const screen = new Stream(fakeMedia('video'), { screen: true })
    await publications.publish(first, {})
    await settle()
    take()
    await publications.replace(first, screen)
    expect(take()).toEqual(['publish', 'unpublish'])
  })

  it('that the gate withdraws ends, and nobody receives it any more', async () => {
    const { publications, ended, mesh } = open()
    const stream = camera()
    await publications.publish(stream, {})
    publications.withdrawn('stream 1')
    expect(ended).toEqual([{ stream, reason: 'not_permitted' }])
    expect(mesh.stopSendingToAll).toHaveBeenCalledWith('stream 1')
    publications.subscribed('stream 1', 's')
    expect(mesh.send).not.toHaveBeenCalled()
  })

  it('that is refused rejects the call, and is announced where there was none', async () => {
    const { publications, held, ended } = open({ answersAtOnce: false })
    const error = new FailedError({ code: 'limit_reached', message: 'In words.' })
    const stream = camera()
    const published = publications.publish(stream, {})
    held.shift()?.fail(error)
    await expect(published).rejects.toBe(error)
    expect(ended).toEqual([])
    const again = publications.publish(stream, {})
    held.shift()?.answer()
    await again
    await settle()
    publications.reset()
    publications.sync()
    await settle()
    held.shift()?.fail(error)
    await settle()
    expect(ended).toEqual([{ stream, reason: 'refused', error }])
  })

  it('is sent to those who subscribe to it, with what its options say', async () => {
    const { publications, mesh, requests } = open()
    const stream = camera()
    await publications.publish(stream, { audioOnly: true })
    expect(requests).toMatchObject([{ stream: { audio: true, video: false } }])
    publications.subscribed('stream 1', 's')
    expect(mesh.send).toHaveBeenCalledWith('s', 'stream 1', {
      carrier: stream.getData(),
      tracks: stream.getData().getAudioTracks(),
    })
    publications.unsubscribed('stream 1', 's')
    expect(mesh.stopSending).toHaveBeenCalledWith('s', 'stream 1')
  })
})
