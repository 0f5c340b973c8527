import {
  Anchor,
  ColorSwatch,
  Group,
  getThemeColor,
  Paper,
  SegmentedControl,
  SimpleGrid,
  Stack,
  Text,
  useMantineTheme,
} from '@mantine/core'
import { getRouteApi, Link, Navigate } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense } from 'react'
import { Page, Section } from '../parts/page.tsx'
import { A_DAY, LONG_PERIODS, sinceOf, stepOf } from '../parts/periods.ts'
import { Failure, Loading } from '../parts/states.tsx'
import { Time } from '../parts/time.tsx'
import { useMay } from '../platform/me.tsx'
import { useAnswer } from '../platform/use-answer.ts'
import { useLook } from '../platform/use-look.ts'
import { Attention } from './attention.tsx'
import { countOf, shareOf, sumOf, type Traffic } from './traffic.ts'

const TrafficChart = lazy(() => import('./traffic-chart.tsx').then(({ TrafficChart }) => ({ default: TrafficChart })))

const route = getRouteApi('/logged-in/')
const LOOK_MS = 15_000
/** How many reasons are listed. */
const MOST_REASONS = 5
const REGISTRATIONS = [
  { name: 'Admitted', of: 'admitted', color: 'teal.6' },
  { name: 'Refused', of: 'refused', color: 'orange.6' },
] as const
const SESSIONS = [{ name: 'Peak sessions', of: 'peakSessions', color: 'indigo.6' }] as const

/** The landing page: what happens now, what happened, and what needs attention. Without an API key it leads to the first steps. */
export function OverviewPage(): ReactNode {
  const keys = useAnswer('/api/v1/keys', [{ params: { query: { limit: 2, sort: '-createdAt' } } }])
  const mayCreateKeys = useMay('keys:write')
  if (keys.error !== null) return <Failure error={keys.error} retry={() => void keys.refetch()} />
  if (keys.data === undefined) return <Loading />
  const [newest, other] = keys.data.items
  if (newest === undefined) return <Navigate to={mayCreateKeys ? '/start' : '/keys'} replace />
  return <Overview onlyKey={other === undefined ? newest.apiKey : undefined} />
}

/** @param onlyKey the API key, if there is only one: links lead to its pages then. */
function Overview({ onlyKey }: { readonly onlyKey: string | undefined }): ReactNode {
  const { span: said } = route.useSearch()
  const span = LONG_PERIODS.some(({ value }) => value === said) ? String(said) : A_DAY
  const look = useLook()
  const step = stepOf(Number(span))
  const since = sinceOf(Number(span), step)
  const traffic = useAnswer('/api/v1/traffic', [{ params: { query: { since, step } } }], {
    refetchInterval: LOOK_MS,
    placeholderData: (before) => before,
  })
  return (
    <Page
      title="Overview"
      lead="Current sessions, registrations over time, and what needs attention."
      actions={
        <SegmentedControl
          size="xs"
          aria-label="Period"
          data={[...LONG_PERIODS]}
          value={span}
          onChange={(seconds) => look({ span: seconds })}
        />
      }
    >
      {traffic.error !== null && <Failure error={traffic.error} retry={() => void traffic.refetch()} />}
      {traffic.data === undefined && traffic.error === null && <Loading lines={3} />}
      {traffic.data !== undefined && <Numbers traffic={traffic.data} onlyKey={onlyKey} />}
      <Section title="Needs attention">
        <Attention />
      </Section>
      {traffic.data !== undefined && (
        <Charts traffic={traffic.data} since={since} stepSeconds={step} onlyKey={onlyKey} />
      )}
    </Page>
  )
}

interface OfTraffic {
  readonly traffic: Traffic
  readonly onlyKey: string | undefined
}

function Numbers({ traffic, onlyKey }: OfTraffic): ReactNode {
  const { admitted, refused, peakSessions } = sumOf(traffic.steps)
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, lg: 4 }} spacing="md">
      <Tile title="Sessions now" value={countOf(traffic.sessionsNow, 'session')} detail="Open at this moment">
        {onlyKey !== undefined && (
          <PageLink to={`/keys/${encodeURIComponent(onlyKey)}/live`}>View live sessions</PageLink>
        )}
      </Tile>
      <Tile title="Peak" value={countOf(peakSessions, 'session')} detail="Open at the same time in this period" />
      <Tile title="Admitted" value={countOf(admitted, 'registration')} detail="In this period" />
      <Tile
        title="Refused"
        value={countOf(refused, 'request')}
        detail={`${shareOf(refused, admitted + refused)} of registrations and requests in this period`}
      >
        {onlyKey !== undefined && (
          <PageLink to={`/keys/${encodeURIComponent(onlyKey)}/refusals`}>View refusals</PageLink>
        )}
      </Tile>
    </SimpleGrid>
  )
}

interface TileProps {
  readonly title: string
  readonly value: string
  readonly detail: string
  readonly children?: ReactNode
}

function Tile({ title, value, detail, children }: TileProps): ReactNode {
  return (
    <Paper withBorder p="md" component="section" aria-label={title}>
      <Stack gap={2}>
        <Text size="sm" c="dimmed" component="h2" m={0} fw={500}>
          {title}
        </Text>
        <Text size="lg" fw={650} data-testid={`value-${title}`}>
          {value}
        </Text>
        <Text size="xs" c="dimmed">
          {detail}
        </Text>
        {children}
      </Stack>
    </Paper>
  )
}

interface ChartsProps extends OfTraffic {
  readonly since: number
  readonly stepSeconds: number
}

function Charts({ traffic, since, stepSeconds, onlyKey }: ChartsProps): ReactNode {
  const { steps, countedSince } = traffic
  const { admitted, refused, peakSessions, reasons } = sumOf(steps)
  return (
    <>
      <Section title="Registrations" lead="Admitted and refused over time.">
        {admitted + refused === 0 ? (
          <Nothing>No registrations in this period.</Nothing>
        ) : (
          <Suspense fallback={<Loading lines={5} />}>
            <TrafficChart steps={steps} stepSeconds={stepSeconds} series={REGISTRATIONS} />
            <Legend entries={REGISTRATIONS} />
          </Suspense>
        )}
        {reasons.length > 0 && <Reasons reasons={reasons} refused={refused} onlyKey={onlyKey} />}
      </Section>
      <Section title="Sessions" lead="The most sessions that were open at the same time.">
        {peakSessions === 0 ? (
          <Nothing>No sessions in this period.</Nothing>
        ) : (
          <Suspense fallback={<Loading lines={5} />}>
            <TrafficChart steps={steps} stepSeconds={stepSeconds} series={SESSIONS} />
          </Suspense>
        )}
      </Section>
      {countedSince > since && (
        <Text size="sm" c="dimmed">
          Hourly counts began <Time at={countedSince} />.
        </Text>
      )}
    </>
  )
}

interface LegendProps {
  readonly entries: readonly { readonly name: string; readonly color: string }[]
}

function Legend({ entries }: LegendProps): ReactNode {
  const theme = useMantineTheme()
  return (
    <Group gap="md" aria-hidden>
      {entries.map(({ name, color }) => (
        <Group key={name} gap={6} wrap="nowrap">
          <ColorSwatch component="span" size={12} color={getThemeColor(color, theme)} withShadow={false} />
          <Text size="sm">{name}</Text>
        </Group>
      ))}
    </Group>
  )
}

function Nothing({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <Text size="sm" c="dimmed">
      {children}
    </Text>
  )
}

interface ReasonsProps {
  readonly reasons: readonly { readonly code: string; readonly count: number }[]
  readonly refused: number
  readonly onlyKey: string | undefined
}

function Reasons({ reasons, refused, onlyKey }: ReasonsProps): ReactNode {
  return (
    <Stack gap={4}>
      <Text size="sm" fw={600}>
        Most frequent reasons
      </Text>
      <Stack component="ul" aria-label="Most frequent reasons" gap={4} p={0} m={0} style={{ listStyle: 'none' }}>
        {reasons.slice(0, MOST_REASONS).map(({ code, count }) => (
          <Group key={code} component="li" gap="xs">
            {onlyKey === undefined ? (
              <span className="value">{code}</span>
            ) : (
              <PageLink to={`/keys/${encodeURIComponent(onlyKey)}/refusals`} search={{ code }}>
                {code}
              </PageLink>
            )}
            <Text size="sm" c="dimmed">
              {countOf(count, 'refusal')}, {shareOf(count, refused)}
            </Text>
          </Group>
        ))}
      </Stack>
    </Stack>
  )
}

interface PageLinkProps {
  readonly to: string
  readonly search?: Readonly<Record<string, string>>
  readonly children: ReactNode
}

function PageLink({ to, search, children }: PageLinkProps): ReactNode {
  return (
    <Anchor size="sm" renderRoot={(props) => <Link to={to} {...(search && { search })} {...props} />}>
      {children}
    </Anchor>
  )
}
