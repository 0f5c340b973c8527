import { Button, Popover, Stack, Table, Text } from '@mantine/core'
import type { components } from '@stagedoor/admin'
import type { ReactNode } from 'react'
import { type Column, Listing } from '../parts/listing.tsx'
import { Empty } from '../parts/states.tsx'
import { Time } from '../parts/time.tsx'
import type { Pages } from '../platform/use-pages.ts'
import { actionInWords } from './action-in-words.ts'
import { type Difference, differences } from './differences.ts'

type AuditEntry = components['schemas']['AuditEntry']

const ACTOR_WORDS: Readonly<Record<AuditEntry['actor']['kind'], string>> = {
  account: 'in the dashboard',
  token: 'with a personal access token',
  command_line: 'on the command line',
  client: 'as an OAuth client',
  stranger: 'not logged in',
  platform: 'automatically',
}

interface AuditTrailProps {
  readonly pages: Pages<AuditEntry>
  readonly isFiltered: boolean
  readonly sort: string
  readonly onSort: (sort: string) => void
}

/** The entries of an audit log, newest or oldest first. */
export function AuditTrail({ pages, isFiltered, sort, onSort }: AuditTrailProps): ReactNode {
  return (
    <Listing
      label="Audit log"
      pages={pages}
      columns={COLUMNS}
      keyOf={({ auditId }) => String(auditId)}
      sort={sort}
      onSort={onSort}
      empty={
        isFiltered ? (
          <Empty title="No matching entries">The filters match a whole email address, id or name.</Empty>
        ) : (
          <Empty title="No entries yet">
            Every change and every login is recorded here, with who made it and from which address.
          </Empty>
        )
      }
    />
  )
}

const COLUMNS: readonly Column<AuditEntry>[] = [
  { title: 'When', sort: 'at', cell: ({ at }) => <Time at={at} /> },
  {
    title: 'Actor',
    cell: ({ actor, address }) => (
      <Stack gap={0}>
        <Text size="sm" fw={600}>
          {actor.kind === 'platform' ? 'The platform' : (actor.name ?? actor.id ?? 'Unknown')}
        </Text>
        <Text size="xs" c="dimmed">
          {ACTOR_WORDS[actor.kind]}
          {address !== null && `, ${address}`}
        </Text>
      </Stack>
    ),
  },
  {
    title: 'Action',
    cell: ({ action, subject, apiKey }) => (
      <Text size="sm">
        {actionInWords(action)} <span className="value">{subject ?? (action.startsWith('login.') ? '' : apiKey)}</span>
      </Text>
    ),
  },
  { title: 'Change', cell: ({ before, after }) => <Change changed={differences(before, after)} /> },
]

function Change({ changed }: { readonly changed: readonly Difference[] }): ReactNode {
  if (changed.length === 0) return null
  return (
    <Popover withinPortal trapFocus returnFocus position="bottom-end" width="min(36rem, 92vw)">
      <Popover.Target>
        <Button variant="default" size="xs">
          {changed.length} field{changed.length === 1 ? '' : 's'}
        </Button>
      </Popover.Target>
      <Popover.Dropdown mah="24rem" style={{ overflowY: 'auto' }}>
        <Table fz="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Field</Table.Th>
              <Table.Th>Before</Table.Th>
              <Table.Th>After</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {changed.map(({ at, before, after }) => (
              <Table.Tr key={at}>
                <Table.Td className="value">{at}</Table.Td>
                <Table.Td className="value">{written(before)}</Table.Td>
                <Table.Td className="value">{written(after)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Popover.Dropdown>
    </Popover>
  )
}

function written(value: unknown): string {
  if (value === undefined) return '—'
  return typeof value === 'string' ? value : JSON.stringify(value)
}
