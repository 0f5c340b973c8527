import { Anchor, Group, Paper, Stack, Text } from '@mantine/core'
import { IconAlertCircle, IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Failure, Loading } from '../parts/states.tsx'
import { useAnswer } from '../platform/use-answer.ts'
import { type AttentionItem, attentionInWords } from './attention-words.ts'

const LOOK_MS = 30_000

/** What an owner should look at, the most urgent first, each with a link to its page. */
export function Attention(): ReactNode {
  const attention = useAnswer('/api/v1/attention', [], { refetchInterval: LOOK_MS })
  if (attention.error !== null) return <Failure error={attention.error} retry={() => void attention.refetch()} />
  if (attention.data === undefined) return <Loading lines={2} />
  const { items, isComplete } = attention.data
  return (
    <Stack gap="xs">
      {items.length === 0 && (
        <Paper withBorder p="md">
          <Group gap="sm" wrap="nowrap">
            <IconCircleCheck size={20} color="var(--mantine-color-teal-text)" aria-hidden />
            <Text size="sm">Nothing needs attention.</Text>
          </Group>
        </Paper>
      )}
      {items.length > 0 && (
        <Stack component="ul" gap="xs" p={0} m={0} style={{ listStyle: 'none' }}>
          {items.map((item) => (
            <Item key={JSON.stringify(item)} item={item} />
          ))}
        </Stack>
      )}
      {!isComplete && (
        <Text size="sm" c="dimmed">
          There may be more: only the newest API keys and the first items of each kind are shown.
        </Text>
      )}
    </Stack>
  )
}

function Item({ item }: { readonly item: AttentionItem }): ReactNode {
  const { title, detail, to, search, isUrgent } = attentionInWords(item)
  const Icon = isUrgent ? IconAlertCircle : IconAlertTriangle
  return (
    <Paper withBorder p="md" component="li">
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <Icon
          size={20}
          style={{ flex: 'none' }}
          color={isUrgent ? 'var(--mantine-color-red-text)' : 'var(--mantine-color-orange-text)'}
          aria-label={isUrgent ? 'Urgent' : 'Advice'}
        />
        <Stack gap={2} miw={0}>
          <Anchor
            fw={600}
            size="sm"
            style={{ overflowWrap: 'anywhere' }}
            renderRoot={(props) => <Link to={to} {...(search && { search })} {...props} />}
          >
            {title}
          </Anchor>
          <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {detail}
          </Text>
        </Stack>
      </Group>
    </Paper>
  )
}
