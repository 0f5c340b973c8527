import { NavLink, Stack, Text } from '@mantine/core'
import {
  IconBan,
  IconBroadcast,
  IconDoorOff,
  IconHeartbeat,
  IconHistory,
  IconKey,
  IconLayoutDashboard,
  IconRocket,
  IconShieldLock,
  IconSignature,
  IconTestPipe,
  IconUsers,
  IconWebhook,
} from '@tabler/icons-react'
import { Link, useRouterState } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { may, type Right, useMe } from '../platform/me.tsx'

interface Entry {
  readonly label: string
  readonly page: string
  readonly icon: typeof IconKey
  readonly right?: Right
}

/** The pages of an API key. */
export const OF_A_KEY: readonly Entry[] = [
  { label: 'Live', page: '/live', icon: IconBroadcast, right: 'sessions:read' },
  { label: 'Refusals', page: '/refusals', icon: IconDoorOff, right: 'refusals:read' },
  { label: 'Revocations', page: '/revocations', icon: IconBan, right: 'keys:read' },
  { label: 'Policy', page: '', icon: IconShieldLock, right: 'keys:read' },
  { label: 'Authentication', page: '/authentication', icon: IconSignature, right: 'keys:read' },
  { label: 'Token workbench', page: '/workbench', icon: IconTestPipe, right: 'refusals:read' },
  { label: 'Webhooks', page: '/webhooks', icon: IconWebhook, right: 'webhooks:read' },
  { label: 'Audit log', page: '/audit', icon: IconHistory, right: 'audit:read' },
]

const FIRST: readonly Entry[] = [{ label: 'Overview', page: '/', icon: IconLayoutDashboard }]

const OF_THE_PLATFORM: readonly Entry[] = [
  { label: 'Credentials', page: '/keys', icon: IconKey },
  { label: 'Team', page: '/team', icon: IconUsers, right: 'accounts:read' },
  { label: 'Platform audit log', page: '/audit', icon: IconHistory, right: 'audit:read' },
  { label: 'Health', page: '/health', icon: IconHeartbeat },
  { label: 'First call', page: '/start', icon: IconRocket, right: 'keys:write' },
]

interface NavigationProps {
  readonly apiKey: string | undefined
}

/** Links to the pages that the account can see. */
export function Navigation({ apiKey }: NavigationProps): ReactNode {
  return (
    <Stack gap="md">
      <Entries base="" entries={FIRST} />
      {apiKey !== undefined && (
        <Entries title="This API key" base={`/keys/${apiKey}`} entries={OF_A_KEY} apiKey={apiKey} />
      )}
      <Entries title="Platform" base="" entries={OF_THE_PLATFORM} />
    </Stack>
  )
}

interface EntriesProps {
  readonly title?: string
  readonly base: string
  readonly entries: readonly Entry[]
  readonly apiKey?: string
}

function Entries({ title, base, entries, apiKey }: EntriesProps): ReactNode {
  const me = useMe()
  const pathname = useRouterState({ select: ({ location }) => location.pathname })
  return (
    <div>
      {title !== undefined && (
        <Text size="xs" c="dimmed" fw={600} px="sm" mb={4}>
          {title}
        </Text>
      )}
      {entries
        .filter(({ right }) => right === undefined || may(me, right, apiKey))
        .map(({ label, page, icon: Icon }) => {
          const to = `${base}${page}`
          const isHere =
            pathname === to || (page !== '' && to !== '/' && to !== '/keys' && pathname.startsWith(`${to}/`))
          return (
            <NavLink
              key={label}
              component={Link}
              to={to}
              // Otherwise the link would also be active on every page below it.
              activeOptions={{ exact: true }}
              label={label}
              leftSection={<Icon size={18} stroke={1.6} aria-hidden />}
              active={isHere}
              aria-current={isHere ? 'page' : undefined}
            />
          )
        })}
    </div>
  )
}
