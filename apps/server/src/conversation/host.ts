import type { Conversation } from './conversation.ts'
import type { Membership } from './conversations.ts'
import { denied, granted, type Outcome } from './outcome.ts'

/** Says something to every member, as the host of the platform. */
export function sendAnnouncement(conversation: Conversation, text: string, now: number): void {
  conversation.broadcast({ type: 'announcement', conversation: conversation.name, text, sentAt: now })
}

/**
 * Mutes a stream of a member: the others are told, and the publisher is asked to. Between browsers no server is in between
 * that could stop it; a member that does not comply can be ejected.
 */
export function forceMute(
  { conversation, member }: Membership,
  streamId: string,
  { audio, video }: { readonly audio: boolean; readonly video: boolean },
): Outcome<undefined> {
  const stream = conversation.streams.get(streamId)
  if (stream?.publisher !== member) return denied('stream_unknown')
  const { info } = stream
  stream.info = { ...info, audioMuted: info.audioMuted || audio, videoMuted: info.videoMuted || video }
  conversation.broadcast({ type: 'stream_updated', conversation: conversation.name, stream: stream.info }, member)
  member.session.send({ type: 'silenced', conversation: conversation.name, streamId, audio, video })
  return granted(undefined)
}
