import { Alert, Button, Center, Group, Paper, Skeleton, Stack, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { describeError } from '../platform/describe-error.ts'

/** Shown while data is loading. */
export function Loading({ lines = 4 }: { readonly lines?: number }): ReactNode {
  return (
    <Stack gap="sm" role="status" aria-label="Loading">
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are identical
        <Skeleton key={line} height={28} />
      ))}
    </Stack>
  )
}

interface FailureProps {
  readonly error: Error
  readonly retry?: (() => void) | undefined
}

/** An error, with a button to try again. */
export function Failure({ error, retry }: FailureProps): ReactNode {
  return (
    <Alert color="red" icon={<IconAlertTriangle />} title="Couldn't load this" role="alert">
      <Group justify="space-between">
        <Text size="sm">{describeError(error)}</Text>
        {retry !== undefined && (
          <Button variant="default" size="xs" onClick={retry}>
            Try again
          </Button>
        )}
      </Group>
    </Alert>
  )
}

interface EmptyProps {
  readonly title: string
  /** What would be here, and how it gets here. */
  readonly children: ReactNode
  readonly action?: ReactNode
}

/** An empty list: what would be here, and what to do. */
export function Empty({ title, children, action }: EmptyProps): ReactNode {
  return (
    <Paper withBorder p="xl">
      <Center>
        <Stack gap="xs" align="center" maw="34rem" ta="center">
          <Text fw={600}>{title}</Text>
          <Text c="dimmed" size="sm" component="div">
            {children}
          </Text>
          {action}
        </Stack>
      </Center>
    </Paper>
  )
}
