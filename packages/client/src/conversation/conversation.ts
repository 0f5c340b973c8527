import type {
  Permissions,
  StreamInfo as PublishedStream,
  RefusalCode,
  Role,
  ServerMessageOf,
  Signal,
} from '@stagedoor/protocol'
import type { AnswerTo, GateEvent, Requester } from '../connection/messages.ts'
import { unlessLost } from '../connection/unless-lost.ts'
import type { Contact } from '../contact.ts'
import { ConnectionError, FailedError, RefusedError } from '../errors.ts'
import type { Stream } from '../media/stream.ts'
import { Observable } from '../observable.ts'
import { Mesh } from '../peer/mesh.ts'
import type { ConversationEvents, ConversationStatus, Data } from './conversation-events.ts'
import { type EjectOptions, eject } from './eject.ts'
import { Publications, type PublishOptions } from './publications.ts'
import { type ContactListUpdate, Roster } from './roster.ts'
import { describeStream, type StreamInfo } from './stream-info.ts'
import { lastingKey, Subscriptions } from './subscriptions.ts'

/** What a conversation asks of the session that it belongs to. */
export interface ConversationHost extends Requester {
  readonly registered: Pick<AnswerTo<'register'>, 'sessionId' | 'iceServers'>
  readonly onError: (error: Error) => void
}

/** Where contacts meet: they see each other, publish streams and subscribe to those of others. */
export class Conversation extends Observable<ConversationEvents> {
  static readonly NOT_JOINED = 'NOT_JOINED'
  static readonly JOINING = 'JOINING'
  static readonly JOINED = 'JOINED'

  readonly #name: string
  readonly #host: ConversationHost
  readonly #roster = new Roster()
  readonly #streams = new Map<string, PublishedStream>()
  readonly #mesh: Mesh
  readonly #publications: Publications
  readonly #subscriptions: Subscriptions
  /** What was subscribed to when the connection was lost, and has not come back yet. */
  readonly #missing = new Set<string>()
  #permissions: Permissions | undefined
  #status: ConversationStatus = 'NOT_JOINED'
  #joining: Promise<void> | undefined

  /** @internal */
  constructor(name: string, host: ConversationHost) {
    super()
    this.#name = name
    this.#host = host
    this.#mesh = new Mesh({
      ownSessionId: () => host.registered.sessionId,
      iceServers: () => host.registered.iceServers,
      send: (to, signal) => host.tell({ type: 'signal', conversation: name, to, signal }),
      accept: (from, mediaStreamId, track) => this.#subscriptions.take(from, mediaStreamId, track),
      expects: (from) => this.#subscriptions.expects(from),
      onError: host.onError,
    })
    this.#publications = new Publications({
      conversation: name,
      requester: host,
      mesh: this.#mesh,
      onError: host.onError,
    })
    this.#subscriptions = new Subscriptions({
      conversation: name,
      requester: host,
      onStreamAdded: (stream) => this.emit('streamAdded', stream),
      onStreamRemoved: (stream) => this.emit('streamRemoved', stream),
    })
  }

  getName(): string {
    return this.#name
  }

  getStatus(): ConversationStatus {
    return this.#status
  }

  /** Undefined until it is joined for the first time. */
  getRole(): Role | undefined {
    return this.#permissions?.role
  }

  /** What the token lets this session do here. Undefined until it is joined for the first time. */
  getPermissions(): Permissions | undefined {
    return this.#permissions
  }

  isJoined(): boolean {
    return this.#status === 'JOINED'
  }

  /** Rejects with a RefusedError where the token does not let the session in. */
  async join(): Promise<void> {
    if (this.isJoined()) return
    this.#joining ??= this.#enter().finally(() => {
      this.#joining = undefined
    })
    await this.#joining
  }

  async leave(): Promise<void> {
    await this.#joining?.catch(() => {})
    if (this.#status === 'NOT_JOINED') return
    this.end()
    await unlessLost(this.#host.request({ type: 'leave', conversation: this.#name }))
  }

  /** Resolves with the stream itself when the others can see it. */
  async publish(stream: Stream, options: PublishOptions = {}): Promise<Stream> {
    await this.#publications.publish(stream, options)
    return stream
  }

  async unpublish(stream: Stream): Promise<void> {
    await this.#publications.unpublish(stream)
  }

  isPublishedStream(stream: Stream): boolean {
    return this.#publications.has(stream)
  }

  async replacePublishedStream(old: Stream, stream: Stream): Promise<Stream> {
    await this.#publications.replace(old, stream)
    return stream
  }

  /**
   * Resolves with the stream when its tracks have arrived. Rejects with a RefusedError where the token does not allow to
   * subscribe, and with a FailedError where there is no such stream.
   */
  async subscribeToStream(streamId: string): Promise<Stream> {
    const published = this.#streams.get(streamId)
    const contact = published && this.#roster.ofSession(published.sessionId)
    if (published === undefined || contact === undefined) {
      throw new FailedError({ code: 'stream_unknown', message: 'There is no such stream in the conversation.' })
    }
    return this.#subscriptions.subscribe(published, contact)
  }

  async unsubscribeToStream(streamId: string): Promise<void> {
    await this.#subscriptions.unsubscribe(streamId)
  }

  /** The streams of the others. */
  getAvailableStreamList(): StreamInfo[] {
    return [...this.#streams.values()].flatMap((stream) => {
      const contact = this.#roster.ofSession(stream.sessionId)
      return contact === undefined ? [] : [describeStream(stream, contact)]
    })
  }

  /** The others, by user id. */
  getContacts(): Map<string, Contact> {
    return this.#roster.byId()
  }

  async sendMessage(text: string): Promise<void> {
    await this.#host.request({ type: 'send_message', conversation: this.#name, text })
  }

  async sendData(data: Data): Promise<void> {
    await this.#host.request({ type: 'send_data', conversation: this.#name, data })
  }

  /**
   * Takes a contact out, with every session that it has here: it hears `ejected`, and may join again unless it is kept out.
   * Rejects with a RefusedError: `permission_not_granted` unless one is a moderator here, `unavailable` where the contact is
   * gone and could not be kept out; and with a FailedError where there is no such contact.
   */
  async eject(contact: Contact, options: EjectOptions = {}): Promise<void> {
    await eject(this.#host, this.#name, this.#roster.sessionsOf(contact), options)
  }

  /** @internal */
  handle(event: Extract<GateEvent, { conversation: string }>): void {
    if (this.#status !== 'JOINED') return
    if (event.type === 'removed') this.end(event.code)
    else if (event.type === 'contact_joined') this.#tellContacts(this.#roster.add(event.contact))
    else if (event.type === 'contact_left') this.#contactLeft(event.sessionId)
    else if (event.type === 'stream_added') this.#streamAdded(event.stream)
    else if (event.type === 'stream_updated') this.#streamUpdated(event.stream)
    else if (event.type === 'stream_removed') this.#streamRemoved(event.streamId)
    else if (event.type === 'subscribed') this.#publications.subscribed(event.streamId, event.subscriber)
    else if (event.type === 'unsubscribed') this.#publications.unsubscribed(event.streamId, event.subscriber)
    else if (event.type === 'signal') this.#signalled(event.from, event.signal)
    else if (event.type === 'silenced') this.#silenced(event)
    else if (event.type === 'announcement') this.#announced(event)
    else this.#received(event)
  }

  /** @internal The connection is lost and reconnecting. Media continue. */
  suspend(): void {
    if (this.#status === 'JOINED') this.#status = 'JOINING'
  }

  /** @internal The session was resumed, so the gate's state of this conversation is unchanged. */
  resume(): void {
    if (this.#status === 'JOINING' && this.#joining === undefined) this.#status = 'JOINED'
  }

  /** @internal Joins again after a new session was opened. Rejects only with a ConnectionError. */
  async restore(): Promise<void> {
    if (this.#status !== 'JOINING' || this.#joining !== undefined) return
    try {
      await this.#host.request({ type: 'join', conversation: this.#name }, (joined) => this.#entered(joined))
      await this.#publications.restore()
    } catch (error) {
      if (error instanceof ConnectionError) throw error
      this.end(error instanceof RefusedError ? error.code : undefined)
      this.#host.onError(error as Error)
    }
  }

  /** @internal The session is not in this conversation any more. `code` says why, where that was not its own wish. */
  end(code?: RefusalCode): void {
    const wasIn = this.#status !== 'NOT_JOINED'
    this.#status = 'NOT_JOINED'
    this.#publications.clear()
    this.#subscriptions.clear()
    this.#missing.clear()
    this.#mesh.closeAll()
    this.#streams.clear()
    this.#roster.replace([])
    if (wasIn) this.emit('left', code)
  }

  async #enter(): Promise<void> {
    this.#status = 'JOINING'
    try {
      await this.#host.request({ type: 'join', conversation: this.#name }, (joined) => this.#entered(joined))
    } catch (error) {
      this.#status = 'NOT_JOINED'
      throw error
    }
    this.emit('joined')
  }

  #entered({ permissions, contacts, streams }: AnswerTo<'join'>): void {
    if (this.#status !== 'JOINING') return
    this.#status = 'JOINED'
    this.#permissions = permissions
    for (const key of this.#subscriptions.clear()) this.#missing.add(key)
    this.#mesh.closeAll()
    for (const streamId of [...this.#streams.keys()]) this.#streamRemoved(streamId)
    this.#tellContacts(this.#roster.replace(contacts))
    for (const stream of streams) this.#streamAdded(stream)
  }

  #tellContacts(update: ContactListUpdate): void {
    for (const contact of update.joined) this.emit('contactJoined', contact)
    for (const contact of update.left) this.emit('contactLeft', contact)
    if (Object.values(update).some(({ length }) => length > 0)) this.emit('contactListUpdate', update)
  }

  #contactLeft(sessionId: string): void {
    for (const stream of [...this.#streams.values()]) {
      if (stream.sessionId === sessionId) this.#streamRemoved(stream.streamId)
    }
    this.#mesh.close(sessionId)
    this.#tellContacts(this.#roster.remove(sessionId))
  }

  #streamAdded(stream: PublishedStream): void {
    const contact = this.#roster.ofSession(stream.sessionId)
    if (contact === undefined) return
    this.#streams.set(stream.streamId, stream)
    if (this.#missing.delete(lastingKey(stream, contact))) {
      this.#subscriptions.subscribe(stream, contact).catch(this.#host.onError)
    }
    this.emit('streamListChanged', { ...describeStream(stream, contact), listEventType: 'added' })
  }

  #streamUpdated(stream: PublishedStream): void {
    const contact = this.#roster.ofSession(stream.sessionId)
    if (contact === undefined || !this.#streams.has(stream.streamId)) return
    this.#streams.set(stream.streamId, stream)
    this.#subscriptions.update(stream)
    this.emit('streamListChanged', { ...describeStream(stream, contact), listEventType: 'updated' })
  }

  #streamRemoved(streamId: string): void {
    const stream = this.#streams.get(streamId)
    const contact = stream && this.#roster.ofSession(stream.sessionId)
    this.#streams.delete(streamId)
    this.#subscriptions.remove(streamId)
    this.#publications.withdrawn(streamId)
    if (stream === undefined || contact === undefined) return
    this.emit('streamListChanged', { ...describeStream(stream, contact), listEventType: 'removed' })
  }

  #signalled(from: string, signal: Signal): void {
    if (this.#roster.ofSession(from) !== undefined) this.#mesh.receive(from, signal)
  }

  #silenced({ streamId, audio, video }: ServerMessageOf<'silenced'>): void {
    const stream = this.#publications.ofStreamId(streamId)
    if (stream === undefined) return
    if (audio) stream.disableAudio()
    if (video) stream.disableVideo()
    this.emit('silenced', { stream, audio, video })
  }

  #announced({ text, sentAt }: ServerMessageOf<'announcement'>): void {
    this.emit('announcement', { content: text, time: new Date(sentAt * 1000) })
  }

  #received(event: ServerMessageOf<'message' | 'data'>): void {
    const sender = this.#roster.ofSession(event.from)
    if (sender === undefined) return
    const time = new Date(event.sentAt * 1000)
    if (event.type === 'message') this.emit('message', { sender, content: event.text, time })
    else this.emit('data', { sender, content: event.data, time })
  }
}
