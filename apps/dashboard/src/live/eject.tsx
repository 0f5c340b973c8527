import { type ReactNode, useState } from 'react'
import { Confirm } from '../parts/confirm.tsx'
import { admin } from '../platform/admin.ts'
import { useChange } from '../platform/use-change.ts'
import { type BanChoice, BanRadios, banOf } from './ban-choice.tsx'

interface EjectProps {
  readonly session: { readonly apiKey: string; readonly sessionId: string; readonly userId: string }
  readonly conversation: string
  readonly onClose: () => void
}

/** Ejects a participant from a conversation, and bans them if chosen. */
export function Eject({ session, conversation, onClose }: EjectProps): ReactNode {
  const { apiKey, sessionId, userId } = session
  const [ban, setBan] = useState<BanChoice | 'none'>('none')
  const eject = useChange(
    () =>
      admin.post('/api/v1/keys/{key}/conversations/{conversation}/eject', {
        params: { path: { key: apiKey, conversation } },
        body: { sessionId, ...banOf(ban) },
      }),
    {
      touches: ['/api/v1/keys/{key}/conversations/{conversation}'],
      done: ban === 'none' ? `${userId} ejected from ${conversation}.` : `${userId} ejected and banned.`,
      sayFailure: false,
    },
  )
  return (
    <Confirm
      title={`Eject ${userId} from ${conversation}?`}
      action="Eject"
      onConfirm={() => eject.mutateAsync(undefined)}
      onClose={onClose}
    >
      <BanRadios
        userId={userId}
        value={ban}
        onChange={setBan}
        without="Their app is notified. Their session continues, and they can join again."
      />
    </Confirm>
  )
}
