import { Badge, Button, Drawer, Group, Stack, Table, Text, Title } from '@mantine/core'
import { IconSend } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Code } from '../parts/code.tsx'
import { Copyable } from '../parts/copy.tsx'
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
          <Facts delivery={data} />
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

function Facts({ delivery }: { readonly delivery: Delivery }): ReactNode {
  const { type, messageId, createdAt, dueAt, tries } = delivery
  const facts: readonly (readonly [string, ReactNode])[] = [
    [
      'Type',
      <span key="type" className="value">
        {type}
      </span>,
    ],
    ['webhook-id', <Copyable key="id" value={messageId} what="the webhook-id" />],
    ['Made', <Time key="made" at={createdAt} />],
    ...(dueAt === null ? [] : [['Next attempt', <Time key="due" at={dueAt} />] as const]),
    ['Tried', tries === 1 ? 'once' : `${tries} times`],
  ]
  return (
    <Table withRowBorders={false} layout="fixed">
      <Table.Tbody>
        {facts.map(([name, value]) => (
          <Table.Tr key={name}>
            <Table.Th w="8rem">{name}</Table.Th>
            <Table.Td style={{ overflowWrap: 'anywhere' }}>{value}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
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
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reached by keyboard
    <section className="listing" aria-label="Attempts" tabIndex={0}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>When</Table.Th>
            <Table.Th>Status</Table.Th>
            <Table.Th>Took</Table.Th>
            <Table.Th>Why it failed</Table.Th>
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
              <Table.Td>{reason ?? 'It was taken.'}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  )
}
