import { Badge, Group, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Connection } from '../platform/use-live.ts'

const WORDS: Readonly<Record<Connection, string>> = {
  connecting: 'connecting',
  open: 'live',
  lost: 'connection lost, coming back',
}

interface LivenessProps {
  readonly connection: Connection
  readonly count: number
  /** What is counted, one of it. */
  readonly what: string
}

/** Whether what is shown is of this moment. */
export function Liveness({ connection, count, what }: LivenessProps): ReactNode {
  return (
    <Group gap="xs" role="status">
      <Badge color={connection === 'open' ? 'teal.9' : connection === 'lost' ? 'orange.9' : 'gray.7'}>
        {WORDS[connection]}
      </Badge>
      <Text size="sm" c="dimmed">
        {count.toLocaleString('en')} {what}
        {count === 1 ? '' : 's'}
      </Text>
    </Group>
  )
}
