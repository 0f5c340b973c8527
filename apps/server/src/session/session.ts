import { randomUUID } from 'node:crypto'
import type { CloseReason, Permissions, ServerMessage, UserData } from '@stagedoor/protocol'
import type { Admission } from '../admission/admit.ts'
import type { Lineage } from '../admission/knock.ts'
import { permissionsIn } from '../admission/permissions.ts'

/** The way to the client of a session. */
export interface Channel {
  /** Sends a message that is serialized already, so that one for many is serialized once. */
  send(text: string): void
  /** @param detail what to say of it, instead of the reason's own name. */
  close(reason: CloseReason, detail?: string): void
}

/** A user agent that has been let in, until its token ends. */
export class Session {
  readonly id: string = randomUUID()
  /** The token that opened it; nothing, where none was needed. */
  readonly lineage: Lineage | undefined
  readonly #channel: Channel
  #admission: Admission
  #expiry: () => void = () => {}

  constructor(admission: Admission, channel: Channel) {
    const { claims, keyId } = admission
    this.lineage = claims && { tokenId: claims.jti, keyId }
    this.#admission = admission
    this.#channel = channel
  }

  get apiKey(): string {
    return this.#admission.apiKey
  }

  get userId(): string {
    return this.#admission.userId
  }

  get userData(): UserData {
    return this.#admission.userData
  }

  /** The admission that is in force: the first, or that of the last renewal. */
  get admission(): Admission {
    return this.#admission
  }

  /** What this session may do in a conversation, or nothing where it may not be in it. */
  permissionsIn(conversation: string): Permissions | undefined {
    return permissionsIn(conversation, this.#admission.grants, this.#admission.permissions)
  }

  send(message: ServerMessage): void {
    this.#channel.send(JSON.stringify(message))
  }

  sendText(text: string): void {
    this.#channel.send(text)
  }

  close(reason: CloseReason, detail?: string): void {
    this.#channel.close(reason, detail)
  }

  renew(admission: Admission): void {
    this.#admission = admission
  }

  /** Takes the way to call off what will happen at the end of the token, and calls off what was to happen before. */
  scheduleExpiry(callOff: () => void): void {
    this.#expiry()
    this.#expiry = callOff
  }
}
