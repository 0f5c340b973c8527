import { Badge, Button, Group, Paper, SimpleGrid, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { AccessInWords } from '../parts/access-in-words.tsx'
import { type Column, Listing } from '../parts/listing.tsx'
import { Page, Section } from '../parts/page.tsx'
import { SearchField } from '../parts/search-field.tsx'
import { Empty } from '../parts/states.tsx'
import { Time } from '../parts/time.tsx'
import { type Account, ROLE_WORDS, ROLES } from '../platform/account.ts'
import { May, useMe } from '../platform/me.tsx'
import { oneOf } from '../platform/one-of.ts'
import { useLook } from '../platform/use-look.ts'
import { usePages } from '../platform/use-pages.ts'
import { AccountRowMenu } from './account-row-menu.tsx'
import { NewAccount } from './new-account.tsx'

const route = getRouteApi('/logged-in/team')
const SORTS = ['createdAt', '-createdAt', 'name', '-name', 'email', '-email'] as const

/** The accounts of the people who manage the platform. */
export function TeamPage(): ReactNode {
  const { search = '', sort: said } = route.useSearch()
  const sort = oneOf(SORTS, said)
  const [isCreating, setCreating] = useState(false)
  const look = useLook()
  const pages = usePages('/api/v1/accounts', [{ params: { query: { sort, ...(search && { search }) } } }])
  return (
    <Page
      title="Team"
      lead="People who manage this platform. It stores no accounts for the users of your applications."
      actions={
        <May right="accounts:write">
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setCreating(true)}>
            New account
          </Button>
        </May>
      }
    >
      {isCreating && <NewAccount onClose={() => setCreating(false)} />}
      <SearchField label="Search by name or email address" value={search} onSearch={(text) => look({ search: text })} />
      <Listing
        label="Accounts"
        pages={pages}
        columns={COLUMNS}
        keyOf={({ accountId }) => accountId}
        sort={sort}
        onSort={(by) => look({ sort: by })}
        empty={<Empty title="No matching accounts">Try part of the name or email address.</Empty>}
      />
      <Section title="Roles" lead="Each role includes those after it.">
        <SimpleGrid cols={{ base: 1, md: 3 }}>
          {ROLES.map((role) => (
            <Paper key={role} withBorder p="md">
              <Text fw={600}>{ROLE_WORDS[role].name}</Text>
              <Text size="sm">{ROLE_WORDS[role].can}</Text>
            </Paper>
          ))}
        </SimpleGrid>
      </Section>
    </Page>
  )
}

const COLUMNS: readonly Column<Account>[] = [
  { title: 'Name', sort: 'name', cell: (account) => <Name account={account} /> },
  { title: 'Email address', sort: 'email', cell: ({ email }) => <Text size="sm">{email}</Text> },
  { title: 'Access', cell: (account) => <AccessInWords access={account} /> },
  { title: 'Created', sort: 'createdAt', cell: ({ createdAt }) => <Time at={createdAt} /> },
  { title: '', cell: (account) => <AccountRowMenu account={account} /> },
]

function Name({ account }: { readonly account: Account }): ReactNode {
  const isOneself = useMe().accountId === account.accountId
  return (
    <Group gap="xs" wrap="nowrap">
      <Text size="sm" fw={600}>
        {account.name}
      </Text>
      {isOneself && (
        <Badge color="gray.7" size="sm">
          You
        </Badge>
      )}
    </Group>
  )
}
