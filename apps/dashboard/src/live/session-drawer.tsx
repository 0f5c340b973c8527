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
import { Eject } from './eject.tsx'
import type { Session } from './live-list.ts'

interface SessionDrawerProps {
  readonly session: Session
  readonly hasEnded: boolean
  readonly onClose: () => void
}

/** A session whole, and what can be done about it. */
export function SessionDrawer({ session, hasEnded, onClose }: SessionDrawerProps): ReactNode {
  const { apiKey, sessionId, userId, conversations } = session
  const [dialog, setDialog] = useState<'close' | 'keep out' | { readonly eject: string }>()
  const close = useChange(
    (keepOut: boolean) =>
      admin.post('/api/v1/keys/{key}/sessions/{sessionId}/close', {
        params: { path: { key: apiKey, sessionId } },
        body: { keepOut },
      }),
    { done: `The session of ${userId} is closed.`, sayFailure: false },
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
                Close the session
              </Button>
              <Button color="red.8" onClick={() => setDialog('keep out')}>
                Close and keep out
              </Button>
            </Group>
          </May>
        )}
      </Stack>
      {dialog === 'close' && (
        <Confirm
          title={`Close the session of ${userId}?`}
          action="Close it"
          onConfirm={() => close.mutateAsync(false)}
          onClose={closeDialog}
        >
          <Text>Its page is told so. With a token that is still good, the user may come back at once.</Text>
        </Confirm>
      )}
      {dialog === 'keep out' && (
        <Confirm
          title={`Keep ${userId} out?`}
          action="Close and keep out"
          onConfirm={() => close.mutateAsync(true)}
          onClose={closeDialog}
        >
          <Text>
            The session ends, and every token that {userId} was given until now is revoked: they come in again only with
            one that your back end mints after this.
          </Text>
        </Confirm>
      )}
      {typeof dialog === 'object' && <Eject session={session} conversation={dialog.eject} onClose={closeDialog} />}
    </Drawer>
  )
}

function SessionFacts({ session }: { readonly session: Session }): ReactNode {
  const { sessionId, since, until, keyId, address, origin, userAgent, comesBackUntil } = session
  return (
    <Facts
      facts={{
        Session: <Copyable value={sessionId} what="the session id" />,
        Since: <Time at={since} />,
        Until: <Time at={until} />,
        'Signed by': keyId ?? 'no token was needed',
        Address: address ?? 'unknown',
        Origin: origin ?? 'none',
        'User agent': userAgent ?? 'unknown',
        Connection:
          comesBackUntil === null ? undefined : (
            <>
              lost; it may come back until <Time at={comesBackUntil} />
            </>
          ),
      }}
    />
  )
}
