import { Badge, Group, Paper, SimpleGrid, Stack, Text } from '@mantine/core'
import type { components } from '@stagedoor/admin'
import type { ReactNode } from 'react'
import { Page } from '../parts/page.tsx'
import { Failure, Loading } from '../parts/states.tsx'
import { Time } from '../parts/time.tsx'
import { useAnswer } from '../platform/use-answer.ts'

type Platform = components['schemas']['Platform']

const LOOK_MS = 5_000

/** The state of the platform and its parts. */
export function HealthPage(): ReactNode {
  const platform = useAnswer('/api/v1/platform', [], { refetchInterval: LOOK_MS })
  return (
    <Page title="Health" lead="The state of the platform and its parts. Prometheus metrics: /metrics.">
      {platform.error !== null && <Failure error={platform.error} retry={() => void platform.refetch()} />}
      {platform.data === undefined && platform.error === null && <Loading lines={6} />}
      {platform.data !== undefined && <Cards platform={platform.data} />}
    </Page>
  )
}

function Cards({ platform }: { readonly platform: Platform }): ReactNode {
  const { version, nodeVersion, startedAt, publicUrl, store, sessions, sockets, conversations, media, demo } = platform
  const { webhooksWaiting, webhooksRetrying } = platform
  const isStoreUp = store.health === 'ok'
  return (
    <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="lg">
      <Card title="Store" state={isStoreUp ? 'healthy' : 'failing'} word={isStoreUp ? 'Healthy' : 'Unavailable'}>
        <Fact name="Database">{store.kind === 'sqlite' ? 'SQLite, in the data folder' : 'PostgreSQL'}</Fact>
        <Fact name="Schema version">{store.schemaVersion}</Fact>
        {!isStoreUp && (
          <Text size="sm">
            Sessions continue and known keys still admit users, but nothing can be changed. See the platform’s log for
            the cause.
          </Text>
        )}
      </Card>
      <Card title="Registration" state="healthy" word="Open">
        <Fact name="Sessions">{sessions.toLocaleString('en')}</Fact>
        <Fact name="Connections">{sockets.toLocaleString('en')}</Fact>
        <Fact name="Conversations">{conversations.toLocaleString('en')}</Fact>
      </Card>
      <Card
        title="Media"
        state={media.turn ? 'healthy' : 'warning'}
        word={media.turn ? 'Peer to peer' : 'TURN not configured'}
      >
        <Fact name="STUN">{media.stun ? 'Configured' : 'Not configured'}</Fact>
        <Fact name="TURN">{media.turn ? 'Configured' : 'Not configured'}</Fact>
        {!media.turn && (
          <Text size="sm">
            Users behind strict firewalls may get no audio or video. Configure a TURN server to relay their media.
          </Text>
        )}
      </Card>
      <Card title="Webhooks" state={webhooksRetrying === 0 ? 'healthy' : 'failing'} word={webhooksInWords(platform)}>
        <Fact name="Pending">{(webhooksWaiting - webhooksRetrying).toLocaleString('en')}</Fact>
        <Fact name="Retrying">{webhooksRetrying.toLocaleString('en')}</Fact>
        {webhooksRetrying > 0 && (
          <Text size="sm">
            Some endpoints do not accept deliveries. Open the webhooks of an API key to see the cause.
          </Text>
        )}
      </Card>
      <Card title="Platform" state="healthy" word={version}>
        <Fact name="Node.js">{nodeVersion}</Fact>
        <Fact name="Started">
          <Time at={startedAt} />
        </Fact>
        <Fact name="Public URL">{publicUrl}</Fact>
        <Fact name="Cluster">Single process</Fact>
      </Card>
      <Card title="Demo" state={demo ? 'warning' : 'healthy'} word={demo ? 'On' : 'Off'}>
        <Text size="sm">
          {demo
            ? 'Anyone can get a token for the demo’s API key. For testing only: turn it off before you expose this platform.'
            : 'Only your back ends and your team can mint tokens.'}
        </Text>
      </Card>
    </SimpleGrid>
  )
}

function webhooksInWords({ webhooksWaiting, webhooksRetrying }: Platform): string {
  if (webhooksRetrying > 0) return `${webhooksRetrying.toLocaleString('en')} failing`
  return webhooksWaiting > 0 ? `${webhooksWaiting.toLocaleString('en')} pending` : 'Healthy'
}

const COLOURS = { healthy: 'teal.9', warning: 'orange.9', failing: 'red.9' } as const

interface CardProps {
  readonly title: string
  readonly state: keyof typeof COLOURS
  /** The state in a word or two. */
  readonly word: string
  readonly children: ReactNode
}

function Card({ title, state, word, children }: CardProps): ReactNode {
  return (
    <Paper withBorder p="lg" component="section" aria-label={title}>
      <Stack gap="sm">
        <Group justify="space-between">
          <Text fw={650} component="h2" m={0}>
            {title}
          </Text>
          <Badge color={COLOURS[state]} tt="none">
            {word}
          </Badge>
        </Group>
        {children}
      </Stack>
    </Paper>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactNode {
  return (
    <Group justify="space-between" gap="xs" wrap="nowrap">
      <Text size="sm" c="dimmed">
        {name}
      </Text>
      <Text size="sm" ta="right" style={{ overflowWrap: 'anywhere' }}>
        {children}
      </Text>
    </Group>
  )
}
