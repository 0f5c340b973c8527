import { randomUUID } from 'node:crypto'
import {
  MAX_STREAMS_PER_SESSION,
  type Permissions,
  type Publication,
  type StreamDescription,
  type StreamInfo,
} from '@stagedoor/protocol'
import type { Conversation, PublishedStream } from './conversation.ts'
import type { Membership } from './conversations.ts'
import { denied, granted, type Outcome } from './outcome.ts'

/** Publishes a stream if the member may publish everything that is in it. Answers the stream's id. */
export function publish({ conversation, member }: Membership, description: StreamDescription): Outcome<string> {
  if (!mayPublish(member.permissions, description)) return denied('permission_not_granted')
  if (conversation.streamsOf(member).length >= MAX_STREAMS_PER_SESSION) return denied('limit_reached')
  const info = { ...description, streamId: randomUUID(), sessionId: member.session.id }
  conversation.addStream({ info, publisher: member, subscribers: new Set() })
  conversation.broadcast({ type: 'stream_added', conversation: conversation.name, stream: info }, member)
  return granted(info.streamId)
}

/** Tells the others that a stream of the member's own is muted or not any more. */
export function mute(
  { conversation, member }: Membership,
  streamId: string,
  muted: Pick<StreamInfo, 'audioMuted' | 'videoMuted'>,
): Outcome<undefined> {
  const stream = conversation.streams.get(streamId)
  if (stream?.publisher !== member) return denied('stream_unknown')
  stream.info = { ...stream.info, ...muted }
  conversation.broadcast({ type: 'stream_updated', conversation: conversation.name, stream: stream.info }, member)
  return granted(undefined)
}

/** Updates the description of a member's own stream, if the member may publish everything in it, and notifies the others. */
export function updateStream(
  { conversation, member }: Membership,
  streamId: string,
  { mediaStreamId: _stays, ...description }: StreamDescription,
): Outcome<undefined> {
  const stream = conversation.streams.get(streamId)
  if (stream?.publisher !== member) return denied('stream_unknown')
  const info = { ...stream.info, ...description }
  if (!mayPublish(member.permissions, info)) return denied('permission_not_granted')
  stream.info = info
  conversation.broadcast({ type: 'stream_updated', conversation: conversation.name, stream: info }, member)
  return granted(undefined)
}

export function unpublish({ conversation, member }: Membership, streamId: string): Outcome<undefined> {
  const stream = conversation.streams.get(streamId)
  if (stream?.publisher !== member) return denied('stream_unknown')
  withdraw(conversation, stream)
  return granted(undefined)
}

/** Takes a stream out of its conversation and tells everybody but its publisher. */
export function withdraw(conversation: Conversation, { info, publisher }: PublishedStream): void {
  conversation.removeStream(info.streamId)
  conversation.broadcast(
    { type: 'stream_removed', conversation: conversation.name, streamId: info.streamId },
    publisher,
  )
}

export function mayPublish({ publish }: Permissions, { audio, video, screen }: StreamDescription): boolean {
  const wanted: Publication[] = []
  if (audio) wanted.push('audio')
  if (video) wanted.push(screen ? 'screen' : 'video')
  return wanted.every((kind) => publish.includes(kind))
}
