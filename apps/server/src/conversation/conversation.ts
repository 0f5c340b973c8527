import type { Contact, Permissions, ServerMessage, StreamInfo } from '@stagedoor/protocol'
import { Bucket, type Rate } from '../rate-limit/bucket.ts'
import type { Session } from '../session/session.ts'

/**
 * What all members together may have sent to each of the others, in bytes. A client that reads 4 Mbit/s keeps up with it, so no
 * reader is closed as too slow for what others say; one member has half of it at the most (`SAID_BYTES`).
 */
export const CONVERSATION_BYTES: Rate = { perSecond: 512 * 1024, burst: 768 * 1024 }

/** How many of the newest ids of messages a conversation remembers. */
export const MAX_MESSAGE_IDS = 1_024

/** A stream that a member publishes, and who receives it. */
export interface PublishedStream {
  info: StreamInfo
  readonly publisher: Member
  readonly subscribers: Set<Member>
}

/** A session in a conversation. */
export interface Member {
  readonly session: Session
  permissions: Permissions
}

/** A named conversation of one API key: its members and the streams that they publish. */
export class Conversation {
  readonly name: string
  /** By session id. */
  readonly members = new Map<string, Member>()
  readonly #streams = new Map<string, PublishedStream>()
  readonly #said = new Bucket()
  /** The newest ids of messages, the oldest first. */
  #messageIds: Set<string> | undefined
  readonly #onStreams: (conversation: Conversation) => void

  /** @param onStreams called when a stream has come or gone. */
  constructor(name: string, onStreams: (conversation: Conversation) => void) {
    this.name = name
    this.#onStreams = onStreams
  }

  /** By stream id. */
  get streams(): ReadonlyMap<string, PublishedStream> {
    return this.#streams
  }

  addStream(stream: PublishedStream): void {
    this.#streams.set(stream.info.streamId, stream)
    this.#onStreams(this)
  }

  removeStream(streamId: string): void {
    this.#streams.delete(streamId)
    this.#onStreams(this)
  }

  /**
   * Sends one message to every member but the one that it comes from.
   *
   * @param sender whose budget it counts against; nobody's, where the platform says it.
   */
  broadcast(message: ServerMessage, sender?: Member): void {
    const text = JSON.stringify(message)
    let receivers = 0
    for (const member of this.members.values()) {
      if (member === sender) continue
      member.session.sendText(text)
      receivers++
    }
    sender?.session.pace.owe(text.length, receivers)
  }

  /**
   * Returns the seconds until a member may say something again, 0 if it may now. The more of its own budget a member has used, the
   * more has to be left of the conversation's, up to half. So a flood, session after session, uses less and less of what is left,
   * and never silences members who say little.
   *
   * @param share of its own budget that the member has used, from 0 to 1.
   */
  wait(now: number, share: number): number {
    return this.#said.wait(CONVERSATION_BYTES, now, (share * CONVERSATION_BYTES.burst) / 2)
  }

  /** Counts what a member has had sent to each of the others. */
  charge(bytes: number, now: number): void {
    this.#said.charge(CONVERSATION_BYTES, now, bytes)
  }

  /** Whether a user's message was not passed on before, as far as is remembered. It is remembered from now on. */
  isNewMessage(userId: string, messageId: string): boolean {
    this.#messageIds ??= new Set()
    const id = JSON.stringify([userId, messageId])
    if (this.#messageIds.has(id)) return false
    this.#messageIds.add(id)
    if (this.#messageIds.size > MAX_MESSAGE_IDS) {
      const [oldest = ''] = this.#messageIds
      this.#messageIds.delete(oldest)
    }
    return true
  }

  /** The sessions of a user that are in it, the first to join first. */
  sessionsOf(userId: string): readonly Session[] {
    return [...this.members.values()].map(({ session }) => session).filter((session) => session.userId === userId)
  }

  streamsOf(publisher: Member): readonly PublishedStream[] {
    return [...this.streams.values()].filter((stream) => stream.publisher === publisher)
  }
}

/** What a member is sent of its permissions. */
export function sentPermissions({ role, publish, subscribe }: Permissions): Permissions {
  return { role, publish, subscribe }
}

/** A member as the others see it. */
export function contactOf({ session, permissions }: Member): Contact {
  return { sessionId: session.id, id: session.userId, role: permissions.role, userData: session.userData }
}
