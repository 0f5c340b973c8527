import type { Permissions, StreamInfo as PublishedStream, Role, ServerMessageOf, Signal } from '@stagedoor/protocol'
import type { AnswerTo, GateEvent, Requester } from '../connection/messages.ts'
import type { Contact } from '../contact.ts'
import { forApplication } from '../deferred.ts'
import { ConnectionError, FailedError, RefusedError, SupersededError } from '../errors.ts'
import { unlessAborted, type WaitOptions } from '../limit-wait.ts'
import type { Stream } from '../media/stream.ts'
import { Observable } from '../observable.ts'
import { Mesh } from '../peer/mesh.ts'
import type { ConversationEvents, ConversationStatus } from './conversation-events.ts'
import { type EjectOptions, eject } from './eject.ts'
import { Membership, notJoined } from './membership.ts'
import { Publications, type PublishOptions } from './publications.ts'
import { type ContactListUpdate, Roster } from './roster.ts'
import { describeStream, type StreamInfo } from './stream-info.ts'
import { Subscriptions } from './subscriptions.ts'

/** What a conversation asks of the session that it belongs to. */
export interface ConversationHost extends Requester {
  readonly registered: Pick<ServerMessageOf<'registered'>, 'sessionId' | 'iceServers'>
  readonly isConnected: boolean
  readonly hasEnded: boolean
  /** An id for a message, which no other message of this client has. */
  createMessageId(): string
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
  readonly #membership: Membership
  #permissions: Permissions | undefined
  #status: ConversationStatus = 'NOT_JOINED'
  /** @internal Called when it begins or ceases to be in use, so that it is held meanwhile. */
  onUse: (isInUse: boolean) => void = () => {}

  /** @internal */
  constructor(name: string, host: ConversationHost) {
    super()
    this.#name = name
    this.#host = host
    this.#membership = new Membership({
      conversation: name,
      host,
      onEntered: (joined, isFirst) => this.#entered(joined, isFirst),
      onEnded: (error) => this.#refused(error),
      onUse: (isInUse) => this.onUse(isInUse),
    })
    this.#mesh = new Mesh({
      ownSessionId: () => host.registered.sessionId,
      iceServers: () => host.registered.iceServers,
      send: (to, signal) => host.tell({ type: 'signal', conversation: name, to, signal }),
      accept: (from, mediaStreamId, track) => this.#subscriptions.take(from, mediaStreamId, track),
      expects: (from) => this.#subscriptions.expects(from),
      onState: (sessionId, state) => {
        const contact = this.#roster.ofSession(sessionId)
        if (contact !== undefined) this.emit('mediaStateChanged', { contact, state })
      },
      onError: host.onError,
    })
    this.#publications = new Publications({
      conversation: name,
      requester: host,
      mesh: this.#mesh,
      isIn: () => this.#membership.isIn && !host.hasEnded,
      onEnded: (end) => this.emit('publicationEnded', end),
    })
    this.#subscriptions = new Subscriptions({
      conversation: name,
      requester: host,
      isConnected: () => host.isConnected,
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

  /**
   * Resolves when the session is in the conversation; while the connection is lost, when it is back. Rejects with a RefusedError if the
   * token does not allow it, with a SupersededError if `leave()` is called before, and with a ConnectionError if the session ends.
   */
  join({ signal }: WaitOptions = {}): Promise<void> {
    const joined = this.#membership.join(signal)
    this.#updateStatus()
    return forApplication(joined)
  }

  /** Leaves at once on this side, and resolves when the gate has let the session go. The last of `join()` and `leave()` wins. */
  leave({ signal }: WaitOptions = {}): Promise<void> {
    const { isWanted } = this.#membership
    if (isWanted) this.end(undefined, new SupersededError('The conversation was left before it was joined'))
    return forApplication(unlessAborted(this.#membership.reconcile(), signal))
  }

  /**
   * Publishes a stream, and again whenever another session has to be opened, until it is unpublished. Resolves with the stream itself
   * when the others can see it. Rejects with a RefusedError if the token does not allow it, and with a FailedError if the conversation
   * is not joined. A later end is announced by `publicationEnded`. If `signal` aborts before, the stream is unpublished.
   */
  publish(stream: Stream, options?: PublishOptions | null): Promise<Stream> {
    if (!this.#membership.isWanted) return forApplication(Promise.reject(notJoined()))
    const { signal, ...what } = options ?? {}
    const published = this.#publications.publish(stream, what).then(() => stream)
    return forApplication(unlessAborted(published, signal, () => this.#publications.unpublish(stream)))
  }

  /** Stops sending a stream at once, and resolves when the gate does not list it any more. */
  unpublish(stream: Stream, { signal }: WaitOptions = {}): Promise<void> {
    return forApplication(unlessAborted(this.#publications.unpublish(stream), signal))
  }

  /** Whether the stream is published, or will be as soon as the gate can be reached. */
  isPublishedStream(stream: Stream): boolean {
    return this.#publications.has(stream)
  }

  /** Publishes one stream in place of another, with the same options. Resolves with the new one. */
  replacePublishedStream(old: Stream, stream: Stream, { signal }: WaitOptions = {}): Promise<Stream> {
    const replaced = this.#publications.replace(old, stream).then(() => stream)
    return forApplication(unlessAborted(replaced, signal))
  }

  /**
   * Resolves with the stream when its tracks have arrived. Rejects with a RefusedError if the token does not allow to subscribe, with a
   * FailedError if there is no such stream, and with a ConnectionError if its media do not arrive within 20 s.
   * If `signal` aborts before, the stream is unsubscribed.
   */
  subscribeToStream(streamId: string, { signal }: WaitOptions = {}): Promise<Stream> {
    const published = this.#streams.get(streamId)
    const contact = published && this.#roster.ofSession(published.sessionId)
    if (published === undefined || contact === undefined) {
      const error = { code: 'stream_unknown', message: 'There is no such stream in the conversation.' } as const
      return forApplication(Promise.reject(new FailedError(error)))
    }
    const arrival = this.#subscriptions.subscribe(published, contact)
    return forApplication(unlessAborted(arrival, signal, () => this.#subscriptions.unsubscribe(streamId)))
  }

  unsubscribeToStream(streamId: string, { signal }: WaitOptions = {}): Promise<void> {
    return forApplication(unlessAborted(this.#subscriptions.unsubscribe(streamId), signal))
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

  /**
   * Resolves when the gate has passed the message on, which it does once, however often the connection is lost meanwhile. Rejects with a
   * FailedError: `conversation_not_joined`, or `message_too_large` beyond 64 KiB; with a RefusedError if the token does not allow it; and
   * with a ConnectionError if the session ends before the answer has arrived.
   */
  sendMessage(text: string, { signal }: WaitOptions = {}): Promise<void> {
    const message = { type: 'send_message', conversation: this.#name, text } as const
    return forApplication(unlessAborted(this.#say(message), signal))
  }

  /** Sends anything that JSON can hold, as `sendMessage` sends text. Rejects with a TypeError for what JSON cannot hold. */
  sendData(data: object | string | number | boolean | null, { signal }: WaitOptions = {}): Promise<void> {
    const message = { type: 'send_data', conversation: this.#name, data: data as never } as const
    return forApplication(unlessAborted(this.#say(message), signal))
  }

  /**
   * Ejects a contact, with every session that it has here: it is notified with `ejected`, and may join again unless it is banned.
   * Rejects with a RefusedError: `permission_not_granted` unless one is a moderator here, `unavailable` if the contact was removed but
   * could not be banned; and with a FailedError if there is no such contact.
   */
  eject(contact: Contact, { signal, ban }: EjectOptions = {}): Promise<void> {
    const ejected = this.#membership.carryOut(() =>
      eject(this.#host, this.#name, this.#roster.sessionsOf(contact), { ban }),
    )
    return forApplication(unlessAborted(ejected, signal))
  }

  /** @internal */
  handle(event: Extract<GateEvent, { conversation: string }>): void {
    if (event.type === 'removed') this.#membership.lose()
    if (!this.#membership.isCurrent) return
    if (event.type === 'removed') this.end(event.code)
    else if (event.type === 'permissions_changed') this.#permissionsChanged(event.permissions)
    else if (event.type === 'contact_joined') this.#tellContacts(this.#roster.add(event.contact))
    else if (event.type === 'contact_updated') this.#tellContacts(this.#roster.add(event.contact))
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

  /** @internal The connection is lost, and the client reconnects. Media continue meanwhile. */
  suspend(): void {
    this.#updateStatus()
  }

  /** @internal The same session goes on, and what was missed is received next. */
  resume(): void {
    this.#mesh.revive()
    this.#updateStatus()
    this.#membership.resume()
  }

  /** @internal Another session was opened, which is in no conversation yet. Returns what resolves when it is in this one, or not wanted. */
  restore(): Promise<void> {
    this.#membership.lose()
    this.#publications.reset()
    this.#updateStatus()
    return this.#membership.reconcile()
  }

  /**
   * @internal The session is in this conversation no longer, and is not meant to be.
   * @param error rejects the calls that wait to join.
   */
  end(code?: ServerMessageOf<'removed'>['code'], error: Error = new ConnectionError('The session has ended')): void {
    const wasIn = this.#membership.isCurrent
    this.#membership.end(error)
    this.#publications.clear()
    this.#subscriptions.clear()
    this.#mesh.closeAll()
    this.#streams.clear()
    this.#roster.replace([])
    this.#updateStatus()
    if (wasIn) this.emit('left', code)
  }

  #refused(error: Error): void {
    const isRestoring = this.#membership.isCurrent
    this.end(error instanceof RefusedError ? error.code : undefined, error)
    if (isRestoring) this.#host.onError(error)
  }

  #entered({ permissions, contacts, streams }: AnswerTo<'join'>, isFirst: boolean): void {
    this.#permissionsChanged(permissions)
    this.#subscriptions.reset()
    this.#mesh.closeAll()
    for (const streamId of [...this.#streams.keys()]) this.#streamRemoved(streamId)
    this.#updateStatus()
    this.#tellContacts(this.#roster.replace(contacts))
    for (const stream of streams) this.#streamAdded(stream)
    if (isFirst) this.emit('joined')
    this.#publications.sync()
  }

  #updateStatus(): void {
    const { isWanted, isJoined } = this.#membership
    const status = !isWanted || this.#host.hasEnded ? 'NOT_JOINED' : isJoined ? 'JOINED' : 'JOINING'
    if (status === this.#status) return
    this.#status = status
    this.emit('stateChanged', { status })
  }

  #permissionsChanged(permissions: Permissions): void {
    const before = this.#permissions
    this.#permissions = permissions
    if (before === undefined || JSON.stringify(before) === JSON.stringify(permissions)) return
    // The gate has asked the publishers to stop already.
    if (!permissions.subscribe) this.#subscriptions.clear()
    this.emit('permissionsChanged', permissions)
  }

  /** Sends a message, in the next session too if this one is lost; the gate passes each on once. */
  async #say(message: SayRequest): Promise<void> {
    const messageId = this.#host.createMessageId()
    await this.#membership.carryOut(() => this.#host.request({ ...message, messageId }))
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
    this.#subscriptions.restore(stream, contact)
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
    if (stream === undefined) {
      this.#publications.withdrawn(streamId)
      return
    }
    const contact = this.#roster.ofSession(stream.sessionId)
    this.#streams.delete(streamId)
    this.#subscriptions.remove(streamId)
    if (contact === undefined) return
    this.emit('streamListChanged', { ...describeStream(stream, contact), listEventType: 'removed' })
  }

  #signalled(from: string, signal: Signal): void {
    if (this.#roster.ofSession(from) !== undefined) this.#mesh.receive(from, signal)
  }

  #announced({ text, sentAt }: ServerMessageOf<'announcement'>): void {
    this.emit('announcement', { content: text, time: new Date(sentAt * 1000) })
  }

  #silenced({ streamId, audio, video }: ServerMessageOf<'silenced'>): void {
    const stream = this.#publications.ofStreamId(streamId)
    if (stream === undefined) return
    if (audio) stream.disableAudio()
    if (video) stream.disableVideo()
    this.emit('silenced', { stream, audio, video })
  }

  #received(event: ServerMessageOf<'message' | 'data'>): void {
    const sender = this.#roster.ofSession(event.from)
    if (sender === undefined) return
    const time = new Date(event.sentAt * 1000)
    if (event.type === 'message') this.emit('message', { sender, content: event.text, time })
    else this.emit('data', { sender, content: event.data, time })
  }
}

type SayRequest =
  | { readonly type: 'send_message'; readonly conversation: string; readonly text: string }
  | { readonly type: 'send_data'; readonly conversation: string; readonly data: never }
