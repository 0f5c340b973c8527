import type { Contact, Permissions, ServerMessage, StreamInfo } from '@stagedoor/protocol'
import type { Session } from '../session/session.ts'

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

/** A named room of one API key: its members and the streams that they publish. */
export class Conversation {
  readonly name: string
  /** By session id. */
  readonly members = new Map<string, Member>()
  readonly #streams = new Map<string, PublishedStream>()
  readonly #onStreams: (conversation: Conversation) => void

  /** @param onStreams told when a stream has come or gone. */
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

  /** Sends one message to every member but one. */
  broadcast(message: ServerMessage, except?: Member): void {
    const text = JSON.stringify(message)
    for (const member of this.members.values()) {
      if (member !== except) member.session.sendText(text)
    }
  }

  streamsOf(publisher: Member): readonly PublishedStream[] {
    return [...this.streams.values()].filter((stream) => stream.publisher === publisher)
  }
}

/** A member as the others see it. */
export function contactOf({ session, permissions }: Member): Contact {
  return { sessionId: session.id, id: session.userId, role: permissions.role, userData: session.userData }
}
