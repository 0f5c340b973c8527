import { Alert, Anchor, Button, Group, Stack, Text } from '@mantine/core'
import { IconCircleCheck, IconVideo } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { BASE_PATH } from '../platform/platform-url.ts'
import { useAnswer } from '../platform/use-answer.ts'

const PEOPLE = ['alice', 'bob']
const CONVERSATION = 'first-call'
const LOOK_MS = 2_000

/** Buttons that open the demo call in new tabs, and whether the call works. */
export function CallButtons({ apiKey }: { readonly apiKey: string }): ReactNode {
  const sessions = useAnswer('/api/v1/keys/{key}/sessions', [{ params: { path: { key: apiKey } } }], {
    refetchInterval: LOOK_MS,
  })
  const participants = sessions.data?.items.filter(({ conversations }) => conversations.includes(CONVERSATION)) ?? []
  return (
    <Stack gap="sm">
      <Group gap="xs">
        {PEOPLE.map((name) => (
          <Button
            key={name}
            variant="default"
            component="a"
            href={`${BASE_PATH}/demo/?${new URLSearchParams({ key: apiKey, name, conversation: CONVERSATION })}`}
            target="_blank"
            rel="noopener"
            leftSection={<IconVideo size={16} aria-hidden />}
          >
            Join as {name}
          </Button>
        ))}
      </Group>
      {participants.length < PEOPLE.length ? (
        <Text size="sm" c="dimmed" role="status">
          {participants.length === 0
            ? 'No one is in the call yet.'
            : `In the call: ${participants.map(({ userId }) => userId).join(', ')}`}
        </Text>
      ) : (
        <Alert color="teal" icon={<IconCircleCheck />} title="Your call works" role="status">
          {participants.map(({ userId }) => userId).join(' and ')} are in the conversation “{CONVERSATION}”.{' '}
          <Anchor
            underline="always"
            renderRoot={(props) => <Link to="/keys/$key/live" params={{ key: apiKey }} {...props} />}
          >
            View live sessions
          </Anchor>
        </Alert>
      )}
    </Stack>
  )
}
