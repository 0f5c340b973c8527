// The declarations name types of the browser, also where a program does not have its library.
/// <reference lib="dom" preserve="true" />
export type { Ban, Permissions, RefusalCode, Role, UserData } from '@stagedoor/protocol'
export { type AskOptions, askTokenEndpoint } from './connection/ask-token-endpoint.ts'
export type { Disconnection } from './connection/link.ts'
export type { GetToken } from './connection/token-source.ts'
export type { Contact } from './contact.ts'
export { Conversation } from './conversation/conversation.ts'
export type {
  Announcement,
  ConversationData,
  ConversationEvents,
  ConversationMessage,
  ConversationStatus,
  Data,
  MediaStateChange,
} from './conversation/conversation-events.ts'
export type { EjectOptions } from './conversation/eject.ts'
export type { PublicationEnd, PublishOptions } from './conversation/publications.ts'
export type { ContactListUpdate } from './conversation/roster.ts'
export type { StreamInfo, StreamListChange } from './conversation/stream-info.ts'
export { ConnectionError, FailedError, RefusedError, SupersededError, TokenEndpointError } from './errors.ts'
export type { WaitOptions } from './limit-wait.ts'
export type { Log, LogLevel } from './log.ts'
export type { CaptureOptions } from './media/capture.ts'
export type { DevicesById, UserMediaDevices } from './media/devices.ts'
export { Stream, type StreamEvents } from './media/stream.ts'
export type { PeerState } from './peer/peer.ts'
export type { Session, SessionEvents, SessionState, SessionStateChange } from './session/session.ts'
export type { UserAgentOfSession } from './session/user-agent-of-session.ts'
export { type RegisterOptions, UserAgent, type UserAgentEvents, type UserAgentOptions } from './user-agent.ts'
