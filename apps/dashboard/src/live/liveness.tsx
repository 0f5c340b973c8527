import { Badge, Group, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Connection } from '../platform/use-live.ts'

const WORDS: Readonly<Record<Connection, string>> = {
  connecting: 'Connecting',
  open: 'Live',
  lost: 'Connection lost, reconnecting',
}

interface LivenessProps {
  readonly connection: Connection
  /** `undefined` while it is loading. */
  readonly count: number | undefined
  /** The singular noun of what is counted. */
  readonly what: string
}

/** Whether the page receives live updates, and how many items there are. */
export function Liveness({ connection, count, what }: LivenessProps): ReactNode {
  return (
    <Group gap="xs" role="status">
      <Badge color={connection === 'open' ? 'teal.9' : connection === 'lost' ? 'orange.9' : 'gray.7'}>
        {WORDS[connection]}
      </Badge>
      <Text size="sm" c="dimmed">
        {count === undefined ? 'Loading…' : `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`}
      </Text>
    </Group>
  )
}
