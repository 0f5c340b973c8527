import type { Permissions, RefusalCode, SessionMessageOf } from '@stagedoor/protocol'
import type { Contact } from '../contact.ts'
import type { Stream } from '../media/stream.ts'
import type { PeerState } from '../peer/peer.ts'
import type { PublicationEnd } from './publications.ts'
import type { ContactListUpdate } from './roster.ts'
import type { StreamListChange } from './stream-info.ts'

/** `JOINING` also while the connection is lost and the client reconnects. */
export type ConversationStatus = 'NOT_JOINED' | 'JOINING' | 'JOINED'

/** A value that came as JSON. */
export type Data = SessionMessageOf<'send_data'>['data']

export interface ConversationMessage {
  readonly sender: Contact
  readonly content: string
  /** By the gate's clock. */
  readonly time: Date
}

export interface Announcement {
  readonly content: string
  /** By the gate's clock. */
  readonly time: Date
}

export interface ConversationData {
  readonly sender: Contact
  readonly content: Data
  readonly time: Date
}

export interface MediaStateChange {
  readonly contact: Contact
  readonly state: PeerState
}

export type ConversationEvents = {
  joined: []
  /** `code` says why, if the gate removed the session. */
  left: [code: RefusalCode | undefined]
  contactJoined: [contact: Contact]
  contactLeft: [contact: Contact]
  contactListUpdate: [update: ContactListUpdate]
  streamListChanged: [change: StreamListChange]
  /** A stream that is subscribed to has arrived. */
  streamAdded: [stream: Stream]
  streamRemoved: [stream: Stream]
  /** One's own stream is not published any more, though it was not unpublished. */
  publicationEnded: [end: PublicationEnd]
  /** A renewed token allows something else than the one before. */
  permissionsChanged: [permissions: Permissions]
  /** The status, which `getStatus()` returns too, has changed. */
  stateChanged: [state: { readonly status: ConversationStatus }]
  /** The media connection with one of the sessions of a contact is in another state. */
  mediaStateChanged: [change: MediaStateChange]
  message: [message: ConversationMessage]
  /** An operator of the platform, or the application, says something to everybody here. */
  announcement: [announcement: Announcement]
  /** An operator of the platform, or the application, has muted one's own stream. */
  silenced: [silenced: { readonly stream: Stream; readonly audio: boolean; readonly video: boolean }]
  data: [data: ConversationData]
}
