import type { IceServer, Signal } from '@stagedoor/protocol'
import { type Outgoing, Peer, type PeerState } from './peer.ts'

export interface MeshOptions {
  readonly ownSessionId: () => string
  readonly iceServers: () => readonly IceServer[]
  readonly send: (to: string, signal: Signal) => void
  /** Returns whether the track belongs to a stream of that session that this side subscribed to. */
  readonly accept: (from: string, mediaStreamId: string, track: MediaStreamTrack) => boolean
  /** Returns whether this side subscribed to a stream of that session. */
  readonly expects: (from: string) => boolean
  readonly onState: (sessionId: string, state: PeerState) => void
  readonly onError: (error: Error) => void
}

/** The peers of one conversation, by session id: each sends to each. */
export class Mesh {
  readonly #options: MeshOptions
  readonly #peers = new Map<string, Peer>()

  constructor(options: MeshOptions) {
    this.#options = options
  }

  send(to: string, streamId: string, outgoing: Outgoing): void {
    this.#peerOf(to).add(streamId, outgoing)
  }

  stopSending(to: string, streamId: string): void {
    this.#peers.get(to)?.remove(streamId)
  }

  stopSendingToAll(streamId: string): void {
    for (const peer of this.#peers.values()) peer.remove(streamId)
  }

  /** The tracks of a stream have changed: those who receive it receive these. */
  update(streamId: string, { tracks }: Outgoing): void {
    for (const peer of this.#peers.values()) peer.update(streamId, tracks)
  }

  /** Looks for another way to everybody whose media are not connected. */
  revive(): void {
    for (const peer of this.#peers.values()) peer.revive()
  }

  /** Takes a signal of a session. One with which nothing is shared cannot open a peer connection to this side. */
  receive(from: string, signal: Signal): void {
    if (!this.#peers.has(from) && !this.#options.expects(from)) return
    this.#peerOf(from).receive(signal)
  }

  close(sessionId: string): void {
    this.#peers.get(sessionId)?.close()
    this.#peers.delete(sessionId)
  }

  closeAll(): void {
    for (const peer of this.#peers.values()) peer.close()
    this.#peers.clear()
  }

  #peerOf(sessionId: string): Peer {
    const known = this.#peers.get(sessionId)
    if (known !== undefined) return known
    const { ownSessionId, iceServers, send, accept, expects, onState, onError } = this.#options
    const peer = new Peer({
      iceServers,
      polite: ownSessionId() < sessionId,
      send: (signal) => send(sessionId, signal),
      expectsOffer: () => expects(sessionId),
      onState: (state) => onState(sessionId, state),
      accept: (track, mediaStreamId) => accept(sessionId, mediaStreamId, track),
      onError,
    })
    this.#peers.set(sessionId, peer)
    return peer
  }
}
