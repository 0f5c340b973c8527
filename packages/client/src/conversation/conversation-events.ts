import type { RefusalCode, SessionMessageOf } from '@stagedoor/protocol'
import type { Contact } from '../contact.ts'
import type { Stream } from '../media/stream.ts'
import type { ContactListUpdate } from './roster.ts'
import type { StreamListChange } from './stream-info.ts'

export type ConversationStatus = 'NOT_JOINED' | 'JOINING' | 'JOINED'

/** What `JSON.stringify` keeps as it is. */
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

export type ConversationEvents = {
  joined: []
  /** `code` says why, where the gate took the session out. */
  left: [code: RefusalCode | undefined]
  contactJoined: [contact: Contact]
  contactLeft: [contact: Contact]
  contactListUpdate: [update: ContactListUpdate]
  streamListChanged: [change: StreamListChange]
  /** A stream that is subscribed to has arrived. */
  streamAdded: [stream: Stream]
  streamRemoved: [stream: Stream]
  message: [message: ConversationMessage]
  /** Those who look after the platform say something to everybody here. */
  announcement: [announcement: Announcement]
  /** Those who look after the platform have switched off the audio or the video of one's own stream. */
  silenced: [silenced: { readonly stream: Stream; readonly audio: boolean; readonly video: boolean }]
  data: [data: ConversationData]
}
