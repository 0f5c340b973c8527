import type { Signal } from '@stagedoor/protocol'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fakeMedia } from '../media/fake-media.fixture.ts'
import { FakePeerConnection } from './fake-peer-connection.fixture.ts'
import { Mesh } from './mesh.ts'
import { FIRST_OFFER_WAIT_MS } from './negotiation.ts'
import type { Outgoing } from './peer.ts'

const SESSIONS = ['a', 'b', 'c', 'd']

/** A session with its mesh, which receives every stream that is sent to it unless the test says otherwise. */
interface Member {
  readonly id: string
  readonly mesh: Mesh
  readonly received: string[]
  readonly states: string[]
  readonly expected: Set<string>
}

let members: Map<string, Member>
let isDelayed = false

function enter(id: string): Member {
  const received: string[] = []
  const states: string[] = []
  const expected = new Set<string>()
  const mesh = new Mesh({
    ownSessionId: () => id,
    iceServers: () => [],
    send: (to, signal) => void deliver(id, to, signal),
    accept: (from, mediaStreamId, track) => {
      if (!expected.has(from)) return false
      received.push(`${track.kind} ${mediaStreamId} of ${from}`)
      return true
    },
    expects: (from) => expected.has(from),
    onState: (from, state) => void states.push(`${from} ${state}`),
    onError: (error) => {
      throw error
    },
  })
  const member = { id, mesh, received, states, expected }
  members.set(id, member)
  return member
}

async function deliver(from: string, to: string, signal: Signal): Promise<void> {
  if (isDelayed) await new Promise((next) => setTimeout(next, 10))
  members.get(to)?.mesh.receive(from, signal)
}

function media(...kinds: ('audio' | 'video')[]): Outgoing {
  const carrier = fakeMedia(...kinds)
  return { carrier, tracks: carrier.getTracks() as unknown as MediaStreamTrack[] }
}

const settle = () => vi.advanceTimersByTimeAsync(100)

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('RTCPeerConnection', FakePeerConnection)
  FakePeerConnection.created.length = 0
  members = new Map()
  isDelayed = false
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('a mesh', () => {
  it('builds one connection for each pair, when all members publish and subscribe at once', async () => {
    isDelayed = true
    const all = SESSIONS.map(enter)
    for (const one of all) {
      for (const other of all) if (other !== one) one.expected.add(other.id)
    }
    for (const one of all) {
      const outgoing = media('audio', 'video')
      for (const other of all) if (other !== one) one.mesh.send(other.id, `stream of ${one.id}`, outgoing)
    }
    await vi.advanceTimersByTimeAsync(1_000)
    for (const { received } of all) expect(received).toHaveLength(2 * (SESSIONS.length - 1))
    expect(FakePeerConnection.created).toHaveLength(SESSIONS.length * (SESSIONS.length - 1))
  })

  it('connects also where both offer at first, since neither knew that the other would', async () => {
    isDelayed = true
    const [a, b] = [enter('a'), enter('b')]
    a.mesh.send('b', 'stream of a', media('audio'))
    b.mesh.send('a', 'stream of b', media('audio'))
    await vi.advanceTimersByTimeAsync(5)
    a.expected.add('b')
    b.expected.add('a')
    await vi.advanceTimersByTimeAsync(1_000)
    expect([a.received.length, b.received.length]).toEqual([1, 1])
  })

  it('offers after a while where the offer that it waits for does not come', async () => {
    const [a, b] = [enter('a'), enter('b')]
    b.expected.add('a')
    // The side that gives way has the smaller id, and waits for what b will never send.
    a.expected.add('b')
    a.mesh.send('b', 'stream of a', media('video'))
    await settle()
    expect(b.received).toEqual([])
    await vi.advanceTimersByTimeAsync(FIRST_OFFER_WAIT_MS)
    expect(b.received).toHaveLength(1)
  })

  it('does not let a session open a connection from which nothing is wanted, nor push media', async () => {
    const [a, b] = [enter('a'), enter('b')]
    a.mesh.send('b', 'stream of a', media('audio', 'video'))
    await settle()
    expect(FakePeerConnection.created).toHaveLength(1)
    b.expected.add('x')
    b.mesh.send('a', 'stream of b', media('audio'))
    a.mesh.send('b', 'another', media('audio'))
    await settle()
    expect(b.received).toEqual([])
    const pushed = FakePeerConnection.created.flatMap(({ transceivers }) =>
      transceivers.filter(({ isRemote }) => isRemote),
    )
    expect(new Set(pushed.map(({ direction }) => direction))).toEqual(new Set(['inactive']))
  })

  it('sends other tracks of the same kind without a new offer, and offers a kind that is added', async () => {
    const [a, b] = [enter('a'), enter('b')]
    b.expected.add('a')
    const outgoing = media('audio')
    a.mesh.send('b', 's', outgoing)
    await settle()
    const offered = vi.spyOn(FakePeerConnection.created[0] as FakePeerConnection, 'setLocalDescription')
    const replacement = media('audio')
    a.mesh.update('s', { ...outgoing, tracks: replacement.tracks })
    await settle()
    expect(offered).not.toHaveBeenCalled()
    const [sending] = FakePeerConnection.created[0]?.transceivers ?? []
    expect(sending?.sender.track).toBe(replacement.tracks[0])
    a.mesh.update('s', { ...outgoing, tracks: [...replacement.tracks, ...media('video').tracks] })
    await settle()
    expect(offered).toHaveBeenCalledOnce()
    expect(b.received.map((one) => one.split(' ')[0])).toEqual(['audio', 'video'])
    a.mesh.update('s', { ...outgoing, tracks: replacement.tracks })
    expect(FakePeerConnection.created[0]?.transceivers.map(({ isStopped }) => isStopped)).toEqual([false, true])
  })

  it('restarts what has failed with fresh credentials, and says how the connection is', async () => {
    const [a, b] = [enter('a'), enter('b')]
    b.expected.add('a')
    a.mesh.send('b', 's', media('audio'))
    await settle()
    const [connection] = FakePeerConnection.created as [FakePeerConnection]
    for (const state of ['checking', 'connected', 'completed', 'disconnected', 'failed', 'connected']) {
      connection.enter(state)
      await settle()
    }
    expect(a.states).toEqual(['b connected', 'b restarting', 'b failed', 'b restarting', 'b connected'])
    expect([connection.restarts, connection.configurations]).toEqual([1, 1])
    connection.enter('disconnected')
    a.mesh.revive()
    expect(connection.restarts).toBe(2)
    connection.enter('connected')
    a.mesh.revive()
    expect(connection.restarts).toBe(2)
  })

  it('closes the connection with a session that has left, and with all when the conversation is left', async () => {
    const [a] = [enter('a'), enter('b'), enter('c')]
    for (const to of ['b', 'c']) a.mesh.send(to, 's', media('audio'))
    a.mesh.close('b')
    const states = () => FakePeerConnection.created.map(({ signalingState }) => signalingState === 'closed')
    expect(states()).toEqual([true, false])
    a.mesh.closeAll()
    expect(states()).toEqual([true, true])
  })

  it('ends one stream for one receiver or for all, and leaves the others alone', async () => {
    const [a] = [enter('a'), enter('b'), enter('c')]
    for (const to of ['b', 'c']) {
      a.mesh.send(to, 'first', media('audio'))
      a.mesh.send(to, 'second', media('audio'))
      a.mesh.send(to, 'second', media('audio'))
    }
    const stopped = () => FakePeerConnection.created.map(({ transceivers }) => transceivers.map((one) => one.isStopped))
    a.mesh.stopSending('b', 'first')
    expect(stopped()).toEqual([
      [true, false],
      [false, false],
    ])
    a.mesh.stopSendingToAll('second')
    expect(stopped()).toEqual([
      [true, true],
      [false, true],
    ])
  })
})
