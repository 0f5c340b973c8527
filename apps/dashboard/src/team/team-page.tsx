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

/** The people who look after the platform. */
export function TeamPage(): ReactNode {
  const { search = '', sort: said } = route.useSearch()
  const sort = oneOf(SORTS, said)
  const [isMaking, setMaking] = useState(false)
  const look = useLook()
  const pages = usePages('/api/v1/accounts', [{ params: { query: { sort, ...(search && { search }) } } }])
  return (
    <Page
      title="Team"
      lead="Who looks after this platform. The users of your applications are not here: the platform keeps none."
      actions={
        <May right="accounts:write">
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setMaking(true)}>
            New account
          </Button>
        </May>
      }
    >
      {isMaking && <NewAccount onClose={() => setMaking(false)} />}
      <SearchField label="Search by name or email address" value={search} onSearch={(text) => look({ search: text })} />
      <Listing
        label="Accounts"
        pages={pages}
        columns={COLUMNS}
        keyOf={({ accountId }) => accountId}
        sort={sort}
        onSort={(by) => look({ sort: by })}
        empty={<Empty title="Nobody of that name">Try a part of the name, or of the email address.</Empty>}
      />
      <Section title="What each role may do" lead="Each may do what those after it may.">
        <SimpleGrid cols={{ base: 1, md: 3 }}>
          {ROLES.map((role) => (
            <Paper key={role} withBorder p="md">
              <Text fw={600}>{ROLE_WORDS[role].name}</Text>
              <Text size="sm">{ROLE_WORDS[role].may}</Text>
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
  { title: 'May', cell: (account) => <AccessInWords access={account} /> },
  { title: 'Made', sort: 'createdAt', cell: ({ createdAt }) => <Time at={createdAt} /> },
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
          you
        </Badge>
      )}
    </Group>
  )
}
