import type { Membership } from './conversations.ts'
import { denied, granted, type Outcome } from './outcome.ts'

/** Whom a moderator may eject: any other member, another moderator too. */
export function findEjected({ conversation, member }: Membership, sessionId: string): Outcome<Membership> {
  if (member.permissions.role !== 'moderator') return denied('permission_not_granted')
  const other = conversation.members.get(sessionId)
  if (other === undefined || other === member) return denied('contact_unknown')
  return granted({ conversation, member: other })
}
