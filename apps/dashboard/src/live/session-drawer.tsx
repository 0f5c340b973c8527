import { Alert, Anchor, Button, Drawer, Group, Stack, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { Confirm } from '../parts/confirm.tsx'
import { Copyable } from '../parts/copy.tsx'
import { Facts } from '../parts/facts.tsx'
import { Time } from '../parts/time.tsx'
import { admin } from '../platform/admin.ts'
import { May } from '../platform/me.tsx'
import { useChange } from '../platform/use-change.ts'
import { type BanChoice, BanRadios, banOf } from './ban-choice.tsx'
import { Eject } from './eject.tsx'
import type { Session } from './live-list.ts'

interface SessionDrawerProps {
  readonly session: Session
  readonly hasEnded: boolean
  readonly onClose: () => void
}

/** The details of a session, and its actions. */
export function SessionDrawer({ session, hasEnded, onClose }: SessionDrawerProps): ReactNode {
  const { apiKey, sessionId, userId, conversations } = session
  const [dialog, setDialog] = useState<'close' | 'ban' | { readonly eject: string }>()
  const [ban, setBan] = useState<BanChoice>('tokens')
  const close = useChange(
    (choice: BanChoice | 'none') =>
      admin.post('/api/v1/keys/{key}/sessions/{sessionId}/close', {
        params: { path: { key: apiKey, sessionId } },
        body: banOf(choice),
      }),
    { done: `${userId}’s session closed.`, sayFailure: false },
  )
  const closeDialog = () => setDialog(undefined)
  return (
    <Drawer
      opened
      position="right"
      title={<Text fw={650}>{userId}</Text>}
      onClose={onClose}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Stack gap="lg">
        {hasEnded && <Alert color="gray">This session has ended.</Alert>}
        <SessionFacts session={session} />
        {!hasEnded && (
          <May right="sessions:write" apiKey={apiKey}>
            {conversations.length > 0 && (
              <Stack gap="xs">
                {conversations.map((conversation) => (
                  <Group key={conversation} justify="space-between">
                    <Anchor
                      renderRoot={(props) => (
                        <Link to="/keys/$key/live/$conversation" params={{ key: apiKey, conversation }} {...props} />
                      )}
                    >
                      {conversation}
                    </Anchor>
                    <Button variant="default" size="xs" onClick={() => setDialog({ eject: conversation })}>
                      Eject
                    </Button>
                  </Group>
                ))}
              </Stack>
            )}
            <Group gap="xs">
              <Button variant="default" onClick={() => setDialog('close')}>
                Close session
              </Button>
              <Button color="red.8" onClick={() => setDialog('ban')}>
                Close and ban
              </Button>
            </Group>
          </May>
        )}
      </Stack>
      {dialog === 'close' && (
        <Confirm
          title={`Close ${userId}’s session?`}
          action="Close session"
          onConfirm={() => close.mutateAsync('none')}
          onClose={closeDialog}
        >
          <Text>Their app is notified. With a valid token they can register again at once.</Text>
        </Confirm>
      )}
      {dialog === 'ban' && (
        <Confirm
          title={`Close ${userId}’s session and ban?`}
          action="Close and ban"
          onConfirm={() => close.mutateAsync(ban)}
          onClose={closeDialog}
        >
          <BanRadios userId={userId} value={ban} onChange={(choice) => choice !== 'none' && setBan(choice)} />
        </Confirm>
      )}
      {typeof dialog === 'object' && <Eject session={session} conversation={dialog.eject} onClose={closeDialog} />}
    </Drawer>
  )
}

function SessionFacts({ session }: { readonly session: Session }): ReactNode {
  const { sessionId, since, until, keyId, address, origin, userAgent, reconnectUntil } = session
  return (
    <Facts
      facts={{
        Session: <Copyable value={sessionId} what="session id" />,
        Started: <Time at={since} />,
        Expires: <Time at={until} />,
        'Signing key': keyId ?? 'No token required',
        Address: address ?? 'Unknown',
        Origin: origin ?? 'None',
        'User agent': userAgent ?? 'Unknown',
        Connection:
          reconnectUntil === null ? undefined : (
            <>
              Lost; can reconnect until <Time at={reconnectUntil} />
            </>
          ),
      }}
    />
  )
}
