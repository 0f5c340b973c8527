import { FakeTrack } from '../media/fake-media.fixture.ts'

type Kind = 'audio' | 'video'

class FakeTransceiver {
  readonly kind: Kind
  readonly mediaStreamId: string
  readonly isRemote: boolean
  direction: string
  isStopped = false
  readonly sender: { track: FakeTrack | null; replaceTrack(track: FakeTrack | null): Promise<void> }

  constructor(kind: Kind, mediaStreamId: string, track: FakeTrack | null, isRemote: boolean) {
    this.kind = kind
    this.mediaStreamId = mediaStreamId
    this.isRemote = isRemote
    this.direction = isRemote ? 'recvonly' : 'sendonly'
    const sender = {
      track,
      async replaceTrack(replacement: FakeTrack | null) {
        sender.track = replacement
      },
    }
    this.sender = sender
  }

  stop(): void {
    this.isStopped = true
  }
}

/** An RTCPeerConnection as far as negotiation goes (W3C WebRTC 1.0, section 4.4), without media. */
export class FakePeerConnection {
  static readonly created: FakePeerConnection[] = []

  signalingState: 'stable' | 'have-local-offer' | 'have-remote-offer' | 'closed' = 'stable'
  iceConnectionState = 'new'
  localDescription: { type: string; sdp: string } | null = null
  currentRemoteDescription: { type: string; sdp: string } | null = null
  onnegotiationneeded: (() => void) | null = null
  onicecandidate: ((event: { candidate: unknown }) => void) | null = null
  ontrack: ((event: { track: FakeTrack; streams: { id: string }[]; transceiver: FakeTransceiver }) => void) | null =
    null
  oniceconnectionstatechange: (() => void) | null = null
  configurations = 0
  restarts = 0
  readonly transceivers: FakeTransceiver[] = []
  #agreed = new Set<FakeTransceiver>()

  constructor() {
    FakePeerConnection.created.push(this)
  }

  addTransceiver(track: FakeTrack, { streams }: { streams: { id: string }[] }): FakeTransceiver {
    const transceiver = new FakeTransceiver(track.kind, streams[0]?.id ?? '', track, false)
    this.transceivers.push(transceiver)
    this.#askForNegotiation()
    return transceiver
  }

  async setLocalDescription(): Promise<void> {
    const type = this.signalingState === 'have-remote-offer' ? 'answer' : 'offer'
    this.localDescription = { type, sdp: this.#describe() }
    this.signalingState = type === 'offer' ? 'have-local-offer' : 'stable'
    if (type === 'answer') this.#askForNegotiation()
    queueMicrotask(() => this.onicecandidate?.({ candidate: { candidate: 'candidate:1', sdpMid: '0' } }))
  }

  async setRemoteDescription(description: { type: string; sdp: string }): Promise<void> {
    this.currentRemoteDescription = description
    if (description.type === 'answer') {
      this.signalingState = 'stable'
      this.#agreed = new Set(this.transceivers)
    } else this.signalingState = 'have-remote-offer'
    for (const [, kind, mediaStreamId] of description.sdp.matchAll(/m=(\w+)[\s\S]*?a=msid:(\S+)/g)) {
      const isKnown = this.transceivers.some(
        (one) => one.isRemote && one.kind === kind && one.mediaStreamId === mediaStreamId,
      )
      if (isKnown) continue
      const transceiver = new FakeTransceiver(kind as Kind, mediaStreamId ?? '', null, true)
      this.transceivers.push(transceiver)
      this.ontrack?.({ track: new FakeTrack(kind as Kind), streams: [{ id: mediaStreamId ?? '' }], transceiver })
    }
    if (description.type === 'answer') this.#askForNegotiation()
  }

  async addIceCandidate(): Promise<void> {
    if (this.currentRemoteDescription === null) throw new Error('There is no remote description')
  }

  setConfiguration(): void {
    this.configurations++
  }

  restartIce(): void {
    this.restarts++
    this.#agreed.clear()
    this.#askForNegotiation()
  }

  /** The way to the other side is in another state. */
  enter(state: string): void {
    this.iceConnectionState = state
    this.oniceconnectionstatechange?.()
  }

  close(): void {
    this.signalingState = 'closed'
  }

  #describe(): string {
    const sections = this.transceivers
      .filter(({ isRemote, isStopped }) => !isRemote && !isStopped)
      .map(
        ({ kind, mediaStreamId }) =>
          `m=${kind} 9 UDP/TLS/RTP/SAVPF 111\r\na=sendonly\r\na=msid:${mediaStreamId} track\r\n`,
      )
    return `v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n${sections.join('')}`
  }

  #askForNegotiation(): void {
    queueMicrotask(() => {
      const isNeeded = this.transceivers.some((one) => !one.isRemote && !one.isStopped && !this.#agreed.has(one))
      if (isNeeded && this.signalingState === 'stable') this.onnegotiationneeded?.()
    })
  }
}
