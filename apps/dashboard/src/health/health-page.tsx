import { Badge, Group, Paper, SimpleGrid, Stack, Text } from '@mantine/core'
import type { components } from '@stagedoor/admin'
import type { ReactNode } from 'react'
import { Page } from '../parts/page.tsx'
import { Failure, Loading } from '../parts/states.tsx'
import { Time } from '../parts/time.tsx'
import { useAnswer } from '../platform/use-answer.ts'

type Platform = components['schemas']['Platform']

const LOOK_MS = 5_000

/** How the platform is. */
export function HealthPage(): ReactNode {
  const platform = useAnswer('/api/v1/platform', [], { refetchInterval: LOOK_MS })
  return (
    <Page title="Health" lead="How the platform is, and what it works with. Figures for Prometheus stand at /metrics.">
      {platform.error !== null && <Failure error={platform.error} retry={() => void platform.refetch()} />}
      {platform.data === undefined && platform.error === null && <Loading lines={6} />}
      {platform.data !== undefined && <Cards platform={platform.data} />}
    </Page>
  )
}

function Cards({ platform }: { readonly platform: Platform }): ReactNode {
  const { version, nodeVersion, startedAt, publicUrl, store, sessions, sockets, conversations, media, demo } = platform
  const isStoreUp = store.health === 'ok'
  return (
    <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="lg">
      <Card title="Store" isWell={isStoreUp} word={isStoreUp ? 'well' : 'cannot be used'}>
        <Fact name="Kind">{store.kind === 'sqlite' ? 'SQLite, in the data folder' : 'PostgreSQL'}</Fact>
        <Fact name="Form">{store.schemaVersion}</Fact>
        {!isStoreUp && (
          <Text size="sm">
            Sessions go on, and whoever is known is let in; changes wait. The log of the platform tells why.
          </Text>
        )}
      </Card>
      <Card title="Registrar" isWell word="open">
        <Fact name="Sessions">{sessions.toLocaleString('en')}</Fact>
        <Fact name="Connections">{sockets.toLocaleString('en')}</Fact>
        <Fact name="Conversations">{conversations.toLocaleString('en')}</Fact>
      </Card>
      <Card title="Media" isWell word="browser to browser">
        <Fact name="STUN">{media.stun ? 'configured' : 'not configured'}</Fact>
        <Fact name="TURN">{media.turn ? 'configured' : 'not configured'}</Fact>
        {!media.turn && <Text size="sm">Without TURN, users behind strict networks may see and hear nobody.</Text>}
      </Card>
      <Card
        title="Webhooks"
        isWell={platform.webhooksWaiting < MANY_WAITING}
        word={`${platform.webhooksWaiting.toLocaleString('en')} waiting`}
      >
        <Text size="sm">Deliveries that are on their way, or are tried again since their receiver did not answer.</Text>
      </Card>
      <Card title="Platform" isWell word={version}>
        <Fact name="Node.js">{nodeVersion}</Fact>
        <Fact name="Started">
          <Time at={startedAt} />
        </Fact>
        <Fact name="Address">{publicUrl}</Fact>
        <Fact name="Cluster">one process</Fact>
      </Card>
      <Card title="Demo" isWell={!demo} word={demo ? 'on' : 'off'}>
        <Text size="sm">
          {demo
            ? 'Whoever asks is given a token of the demo’s API key. Good for a try, and not for the open internet.'
            : 'Nobody is given a token but by your back ends.'}
        </Text>
      </Card>
    </SimpleGrid>
  )
}

/** From how many on the deliveries that wait are pointed out. */
const MANY_WAITING = 1_000

interface CardProps {
  readonly title: string
  readonly isWell: boolean
  /** How it is, in a word. */
  readonly word: string
  readonly children: ReactNode
}

function Card({ title, isWell, word, children }: CardProps): ReactNode {
  return (
    <Paper withBorder p="lg" component="section" aria-label={title}>
      <Stack gap="sm">
        <Group justify="space-between">
          <Text fw={650} component="h2" m={0}>
            {title}
          </Text>
          <Badge color={isWell ? 'teal.9' : 'orange.9'} tt="none">
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
