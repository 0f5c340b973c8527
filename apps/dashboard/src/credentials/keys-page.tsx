import { Anchor, Badge, Button, Stack, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { getRouteApi, Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { Copyable } from '../parts/copy.tsx'
import { type Column, Listing } from '../parts/listing.tsx'
import { Page } from '../parts/page.tsx'
import { SearchField } from '../parts/search-field.tsx'
import { Empty } from '../parts/states.tsx'
import { Time } from '../parts/time.tsx'
import type { ApiKey } from '../platform/api-key.ts'
import { May } from '../platform/me.tsx'
import { oneOf } from '../platform/one-of.ts'
import { useLook } from '../platform/use-look.ts'
import { usePages } from '../platform/use-pages.ts'
import { KeyMenu } from './key-menu.tsx'
import { NewKey } from './new-key.tsx'

const route = getRouteApi('/logged-in/keys')
const SORTS = ['-createdAt', 'createdAt', 'name', '-name'] as const
/** How many sentences of a policy the list shows. */
const SENTENCES = 3

/** The API keys, one for each application. */
export function KeysPage(): ReactNode {
  const { search = '', sort: said } = route.useSearch()
  const sort = oneOf(SORTS, said)
  const [isCreating, setCreating] = useState(false)
  const look = useLook()
  const pages = usePages('/api/v1/keys', [{ params: { query: { sort, ...(search && { search }) } } }])
  return (
    <Page
      title="Credentials"
      lead="Create an API key for each of your applications. Each has its own signing keys and policy."
      actions={
        <May right="keys:write">
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setCreating(true)}>
            New API key
          </Button>
        </May>
      }
    >
      {isCreating && <NewKey onClose={() => setCreating(false)} />}
      <SearchField label="Search by name" value={search} onSearch={(text) => look({ search: text })} />
      <Listing
        label="API keys"
        pages={pages}
        columns={COLUMNS}
        keyOf={({ apiKey }) => apiKey}
        sort={sort}
        onSort={(by) => look({ sort: by })}
        empty={<NoKeys isSearch={search !== ''} />}
      />
    </Page>
  )
}

const COLUMNS: readonly Column<ApiKey>[] = [
  {
    title: 'Name',
    sort: 'name',
    cell: ({ apiKey, name, state }) => (
      <Stack gap={4} align="flex-start">
        <Anchor renderRoot={(props) => <Link to="/keys/$key/live" params={{ key: apiKey }} {...props} />} fw={600}>
          {name}
        </Anchor>
        {state === 'disabled' && (
          <Badge color="gray.7" size="sm">
            Disabled
          </Badge>
        )}
      </Stack>
    ),
  },
  { title: 'API key', cell: ({ apiKey }) => <Copyable value={apiKey} what="API key" /> },
  {
    title: 'Policy',
    cell: ({ apiKey, policyInWords }) => (
      <Stack gap={0} miw="18rem">
        {policyInWords.slice(0, SENTENCES).map((sentence) => (
          <Text key={sentence} size="sm">
            {sentence}
          </Text>
        ))}
        <Anchor size="sm" renderRoot={(props) => <Link to="/keys/$key" params={{ key: apiKey }} {...props} />}>
          View policy
        </Anchor>
      </Stack>
    ),
  },
  { title: 'Created', sort: 'createdAt', cell: ({ createdAt }) => <Time at={createdAt} /> },
  { title: '', cell: (apiKey) => <KeyMenu apiKey={apiKey} /> },
]

function NoKeys({ isSearch }: { readonly isSearch: boolean }): ReactNode {
  if (isSearch) return <Empty title="No matching API keys">Try part of the name.</Empty>
  return (
    <Empty
      title="No API keys yet"
      action={
        <May right="keys:write">
          <Button component={Link} to="/start">
            Create your first API key
          </Button>
        </May>
      }
    >
      An API key identifies one application. Its back end signs access tokens for its users with the secret of the key.
    </Empty>
  )
}
