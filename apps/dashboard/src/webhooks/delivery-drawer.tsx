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
import {
  attemptInWords,
  DELIVERY_PATHS,
  type Delivery,
  isUnderWay,
  MESSAGE_WORDS,
  millisInWords,
  resultInWords,
  stateInWords,
} from './delivery.ts'

const LOOK_MS = 2_000

interface DeliveryDrawerProps {
  readonly apiKey: string
  readonly endpointId: string
  readonly deliveryId: string
  readonly onClose: () => void
}

/** The details of a delivery: its payload, and each attempt with its result. */
export function DeliveryDrawer({ apiKey, endpointId, deliveryId, onClose }: DeliveryDrawerProps): ReactNode {
  const path = { key: apiKey, endpointId, deliveryId }
  const delivery = useAnswer(
    '/api/v1/keys/{key}/webhooks/{endpointId}/deliveries/{deliveryId}',
    [{ params: { path } }],
    { refetchInterval: LOOK_MS },
  )
  const replay = useChange(
    () => admin.post('/api/v1/keys/{key}/webhooks/{endpointId}/deliveries/{deliveryId}/replay', { params: { path } }),
    { touches: DELIVERY_PATHS, done: 'Sending again.' },
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
          <State delivery={data} />
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
                  Send again
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
              Payload
            </Title>
            <Code label="Payload">{JSON.stringify(data.payload, null, 2)}</Code>
          </Stack>
        </Stack>
      )}
    </Drawer>
  )
}

function State({ delivery }: { readonly delivery: Delivery }): ReactNode {
  const { word, colour, means } = stateInWords(delivery)
  const last = delivery.attempts.at(-1)
  return (
    <Stack gap={4} align="flex-start" role="status">
      <Badge color={colour}>{word}</Badge>
      <Text size="sm">{means}</Text>
      {delivery.state !== 'delivered' && last?.reason != null && (
        <Text size="sm" c="var(--mantine-color-error)">
          Last attempt: {attemptInWords(last)}
        </Text>
      )}
    </Stack>
  )
}

function About({ delivery }: { readonly delivery: Delivery }): ReactNode {
  const { type, messageId, createdAt, dueAt, tries } = delivery
  return (
    <Facts
      facts={{
        Type: <span className="value">{type}</span>,
        'webhook-id': <Copyable value={messageId} what="webhook-id" />,
        Created: <Time at={createdAt} />,
        'Next retry': dueAt === null ? undefined : <Time at={dueAt} />,
        Attempts: tries,
      }}
    />
  )
}

function Attempts({ attempts }: Pick<Delivery, 'attempts'>): ReactNode {
  if (attempts.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        No attempts yet.
      </Text>
    )
  }
  return (
    <Scroller label="Attempts">
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Time</Table.Th>
            <Table.Th>Duration</Table.Th>
            <Table.Th>Result</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {[...attempts].reverse().map(({ at, millis, status, reason }) => (
            <Table.Tr key={at}>
              <Table.Td data-label="Time">
                <Time at={at} />
              </Table.Td>
              <Table.Td data-label="Duration">{millisInWords(millis)}</Table.Td>
              <Table.Td data-label="Result" {...(reason !== null && { c: 'var(--mantine-color-error)' })}>
                {resultInWords({ status, reason })}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Scroller>
  )
}
