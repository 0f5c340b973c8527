import { Badge, Button, Drawer, Group, Stack, Table, Text, Title } from '@mantine/core'
import { IconSend } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Code } from '../parts/code.tsx'
import { Copyable } from '../parts/copy.tsx'
import { Facts } from '../parts/facts.tsx'
import { Scroller } from '../parts/scroller.tsx'
import { Failure, Loading } from '../parts/states.tsx'
import { Time } from '../parts/time.tsx'
import { admin } from '../platform/admin.ts'
import { May } from '../platform/me.tsx'
import { useAnswer } from '../platform/use-answer.ts'
import { useChange } from '../platform/use-change.ts'
import { DELIVERY_PATHS, type Delivery, isUnderWay, MESSAGE_WORDS, millisInWords, STATE_WORDS } from './delivery.ts'

const LOOK_MS = 2_000

interface DeliveryDrawerProps {
  readonly apiKey: string
  readonly endpointId: string
  readonly deliveryId: string
  readonly onClose: () => void
}

/** A delivery whole: what is sent, and what became of each attempt. */
export function DeliveryDrawer({ apiKey, endpointId, deliveryId, onClose }: DeliveryDrawerProps): ReactNode {
  const path = { key: apiKey, endpointId, deliveryId }
  const delivery = useAnswer(
    '/api/v1/keys/{key}/webhooks/{endpointId}/deliveries/{deliveryId}',
    [{ params: { path } }],
    { refetchInterval: LOOK_MS },
  )
  const replay = useChange(
    () => admin.post('/api/v1/keys/{key}/webhooks/{endpointId}/deliveries/{deliveryId}/replay', { params: { path } }),
    { touches: DELIVERY_PATHS, done: 'It is sent once more.' },
  )
  const { data, error } = delivery
  return (
    <Drawer
      opened
      position="right"
      size="lg"
      title={<Text fw={650}>{data === undefined ? 'Delivery' : MESSAGE_WORDS[data.type]}</Text>}
      onClose={onClose}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {data === undefined ? (
        error === null ? (
          <Loading lines={6} />
        ) : (
          <Failure error={error} retry={() => void delivery.refetch()} />
        )
      ) : (
        <Stack gap="lg">
          <Stack gap={4} align="flex-start" role="status">
            <Badge color={STATE_WORDS[data.state].colour}>{STATE_WORDS[data.state].word}</Badge>
            <Text size="sm">{STATE_WORDS[data.state].means}</Text>
          </Stack>
          <About delivery={data} />
          {!isUnderWay(data) && (
            <May right="webhooks:write" apiKey={apiKey}>
              <Group>
                <Button
                  variant="default"
                  leftSection={<IconSend size={16} aria-hidden />}
                  loading={replay.isPending}
                  onClick={() => replay.mutate(undefined)}
                >
                  Send it once more
                </Button>
              </Group>
            </May>
          )}
          <Stack gap="xs">
            <Title order={3} fz="md">
              Attempts
            </Title>
            <Attempts attempts={data.attempts} />
          </Stack>
          <Stack gap="xs">
            <Title order={3} fz="md">
              What is sent
            </Title>
            <Code label="What is sent">{JSON.stringify(data.payload, null, 2)}</Code>
          </Stack>
        </Stack>
      )}
    </Drawer>
  )
}

function About({ delivery }: { readonly delivery: Delivery }): ReactNode {
  const { type, messageId, createdAt, dueAt, tries } = delivery
  return (
    <Facts
      facts={{
        Type: <span className="value">{type}</span>,
        'webhook-id': <Copyable value={messageId} what="the webhook-id" />,
        Made: <Time at={createdAt} />,
        'Next attempt': dueAt === null ? undefined : <Time at={dueAt} />,
        Tried: timesInWords(tries),
      }}
    />
  )
}

function timesInWords(tries: number): string {
  if (tries === 0) return 'not yet'
  return tries === 1 ? 'once' : `${tries} times`
}

function Attempts({ attempts }: Pick<Delivery, 'attempts'>): ReactNode {
  if (attempts.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        It was not tried yet.
      </Text>
    )
  }
  return (
    <Scroller label="Attempts">
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>When</Table.Th>
            <Table.Th>Status</Table.Th>
            <Table.Th>Took</Table.Th>
            <Table.Th>What came of it</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {[...attempts].reverse().map(({ at, millis, status, reason }) => (
            <Table.Tr key={at}>
              <Table.Td>
                <Time at={at} />
              </Table.Td>
              <Table.Td>{status ?? 'no answer'}</Table.Td>
              <Table.Td>{millisInWords(millis)}</Table.Td>
              <Table.Td>{reason ?? 'it was taken'}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Scroller>
  )
}
