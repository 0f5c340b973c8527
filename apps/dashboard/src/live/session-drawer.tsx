import { Alert, Anchor, Button, Drawer, Group, Stack, Table, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { Confirm } from '../parts/confirm.tsx'
import { Copyable } from '../parts/copy.tsx'
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
        <Facts session={session} />
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

function Facts({ session }: { readonly session: Session }): ReactNode {
  const { sessionId, since, until, keyId, address, origin, userAgent, comesBackUntil } = session
  const facts: readonly (readonly [string, ReactNode])[] = [
    ['Session', <Copyable key="id" value={sessionId} what="the session id" />],
    ['Since', <Time key="since" at={since} />],
    ['Until', <Time key="until" at={until} />],
    ['Signed by', keyId ?? 'no token was needed'],
    ['Address', address ?? 'unknown'],
    ['Origin', origin ?? 'none'],
    ['User agent', userAgent ?? 'unknown'],
    ...(comesBackUntil === null
      ? []
      : [
          [
            'Connection',
            <span key="lost">
              lost; it may come back until <Time at={comesBackUntil} />
            </span>,
          ] as const,
        ]),
  ]
  return (
    <Table withRowBorders={false} layout="fixed">
      <Table.Tbody>
        {facts.map(([name, value]) => (
          <Table.Tr key={name}>
            <Table.Th w="7rem">{name}</Table.Th>
            <Table.Td style={{ overflowWrap: 'anywhere' }}>{value}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
