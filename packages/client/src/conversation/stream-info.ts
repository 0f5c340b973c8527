import type { StreamInfo as PublishedStream } from '@stagedoor/protocol'
import type { Contact } from '../contact.ts'

/** A stream that a contact publishes in a conversation. */
export interface StreamInfo {
  readonly streamId: string
  readonly type: 'regular'
  /** Always: one's own streams are not listed. */
  readonly isRemote: true
  readonly contact: Contact
  readonly hasAudio: boolean
  readonly hasVideo: boolean
  readonly isAudioMuted: boolean
  readonly isVideoMuted: boolean
  readonly isScreensharing: boolean
}

/** A stream, and what became of it. */
export interface StreamListChange extends StreamInfo {
  readonly listEventType: 'added' | 'removed' | 'updated'
}

export function describeStream(stream: PublishedStream, contact: Contact): StreamInfo {
  return {
    streamId: stream.streamId,
    type: 'regular',
    isRemote: true,
    contact,
    hasAudio: stream.audio,
    hasVideo: stream.video,
    isAudioMuted: stream.audioMuted,
    isVideoMuted: stream.videoMuted,
    isScreensharing: stream.screen,
  }
}
