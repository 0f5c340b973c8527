import type { Conversation, Member, PublishedStream } from './conversation.ts'
import type { Membership } from './conversations.ts'
import { denied, granted, type Outcome } from './outcome.ts'

/** Asks the publisher of a stream to send it to the member. */
export function subscribe({ conversation, member }: Membership, streamId: string): Outcome<undefined> {
  if (!member.permissions.subscribe) return denied('permission_not_granted')
  const stream = conversation.streams.get(streamId)
  if (stream === undefined || stream.publisher === member) return denied('stream_unknown')
  if (stream.subscribers.has(member)) return granted(undefined)
  stream.subscribers.add(member)
  tellPublisher('subscribed', conversation, stream, member)
  return granted(undefined)
}

/** Asks the publisher of a stream to send it to the member no longer. */
export function unsubscribe({ conversation, member }: Membership, streamId: string): Outcome<undefined> {
  const stream = conversation.streams.get(streamId)
  if (stream === undefined || stream.publisher === member) return denied('stream_unknown')
  cancel(conversation, stream, member)
  return granted(undefined)
}

/** Ends every subscription of a member in a conversation. */
export function cancelSubscriptions({ conversation, member }: Membership): void {
  for (const stream of conversation.streams.values()) cancel(conversation, stream, member)
}

function cancel(conversation: Conversation, stream: PublishedStream, member: Member): void {
  if (stream.subscribers.delete(member)) tellPublisher('unsubscribed', conversation, stream, member)
}

function tellPublisher(
  type: 'subscribed' | 'unsubscribed',
  { name }: Conversation,
  { info, publisher }: PublishedStream,
  { session }: Member,
): void {
  publisher.session.send({ type, conversation: name, streamId: info.streamId, subscriber: session.id })
}
