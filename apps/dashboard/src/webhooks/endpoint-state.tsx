import { Badge, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { Time } from '../parts/time.tsx'
import { usePages } from '../platform/use-pages.ts'
import { attemptInWords, type Delivery } from './delivery.ts'
import { type Endpoint, stateInWords } from './endpoint.ts'

const REFRESH_MS = 5_000

interface EndpointStateProps {
  readonly apiKey: string
  readonly endpoint: Endpoint
}

/** The state of an endpoint. An active one is failing while a delivery to it is retried, with the cause. */
export function EndpointState({ apiKey, endpoint }: EndpointStateProps): ReactNode {
  const isActive = endpoint.state === 'active'
  const { items } = usePages(
    '/api/v1/keys/{key}/webhooks/{endpointId}/deliveries',
    [
      {
        params: {
          path: { key: apiKey, endpointId: endpoint.endpointId },
          query: { state: 'retrying', sort: 'createdAt', limit: 1 },
        },
      },
    ],
    { enabled: isActive, refetchInterval: REFRESH_MS },
  )
  const [oldest] = items ?? []
  if (isActive && oldest !== undefined) return <Failing delivery={oldest} />
  const { word, colour } = stateInWords(endpoint)
  return <Badge color={colour}>{word}</Badge>
}

function Failing({ delivery }: { readonly delivery: Delivery }): ReactNode {
  const last = delivery.attempts.at(-1)
  return (
    <Stack gap={2} align="flex-start">
      <Badge color="red.9">Failing</Badge>
      {last !== undefined && (
        <Text size="xs" c="var(--mantine-color-error)">
          {attemptInWords(last)}
        </Text>
      )}
      {delivery.dueAt !== null && (
        <Text size="xs">
          Next retry <Time at={delivery.dueAt} />
        </Text>
      )}
    </Stack>
  )
}
