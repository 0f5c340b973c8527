import type { Signal } from '@stagedoor/protocol'
import type { Membership } from '../conversation/conversations.ts'
import { denied, granted, type Outcome } from '../conversation/outcome.ts'
import { passDescription } from './pass-description.ts'

/** The most unsent bytes for a receiver before signals to it are dropped. */
export const MAX_BACKLOG_BYTES = 1024 * 1024

/** Relays one step of a negotiation between two members of a conversation. */
export function relay({ conversation, member }: Membership, to: string, signal: Signal): Outcome<undefined> {
  const receiver = conversation.members.get(to)
  if (receiver === undefined || receiver === member) return denied('contact_unknown')
  const passed = 'description' in signal ? passDescription(signal, member.permissions) : granted(signal)
  if (!passed.ok) return passed
  // Dropped, as networks drop packets: what others send must not close a receiver as too slow.
  if (receiver.session.unsentBytes > MAX_BACKLOG_BYTES) return denied('limit_reached')
  receiver.session.send({
    type: 'signal',
    conversation: conversation.name,
    from: member.session.id,
    signal: passed.value,
  })
  return granted(undefined)
}
