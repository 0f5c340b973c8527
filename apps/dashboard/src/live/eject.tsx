import { Checkbox, Text } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { Confirm } from '../parts/confirm.tsx'
import { admin } from '../platform/admin.ts'
import { useChange } from '../platform/use-change.ts'

interface EjectProps {
  readonly session: { readonly apiKey: string; readonly sessionId: string; readonly userId: string }
  readonly conversation: string
  readonly onClose: () => void
}

/** Takes somebody out of a conversation, and keeps them out where that is wanted. */
export function Eject({ session, conversation, onClose }: EjectProps): ReactNode {
  const { apiKey, sessionId, userId } = session
  const [keepOut, setKeepOut] = useState(false)
  const eject = useChange(
    () =>
      admin.post('/api/v1/keys/{key}/conversations/{conversation}/eject', {
        params: { path: { key: apiKey, conversation } },
        body: { sessionId, keepOut },
      }),
    {
      touches: ['/api/v1/keys/{key}/conversations/{conversation}'],
      done: keepOut ? `${userId} is kept out.` : `${userId} is out of ${conversation}.`,
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
      <Text size="sm">
        {keepOut
          ? 'Their session is closed and every token that they were given until now is revoked.'
          : 'Their page is told so. The session goes on, and they may join again.'}
      </Text>
      <Checkbox
        label="And keep them out"
        checked={keepOut}
        onChange={(event) => setKeepOut(event.currentTarget.checked)}
      />
    </Confirm>
  )
}
