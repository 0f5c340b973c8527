import { Anchor, Button, Stack, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { getRouteApi, Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { type Column, Listing } from '../parts/listing.tsx'
import { Page } from '../parts/page.tsx'
import { SearchField } from '../parts/search-field.tsx'
import { Empty } from '../parts/states.tsx'
import { Time } from '../parts/time.tsx'
import { May } from '../platform/me.tsx'
import { oneOf } from '../platform/one-of.ts'
import { useLook } from '../platform/use-look.ts'
import { usePages } from '../platform/use-pages.ts'
import { type Endpoint, typesInWords } from './endpoint.ts'
import { EndpointMenu } from './endpoint-menu.tsx'
import { EndpointState } from './endpoint-state.tsx'
import { NewEndpoint } from './new-endpoint.tsx'

const route = getRouteApi('/logged-in/keys/$key/webhooks')
const SORTS = ['createdAt', '-createdAt', 'url', '-url', 'state', '-state'] as const

/** The webhook endpoints of an API key. */
export function WebhooksPage(): ReactNode {
  const { key } = route.useParams()
  const { search = '', sort: said } = route.useSearch()
  const sort = oneOf(SORTS, said)
  const [isCreating, setCreating] = useState(false)
  const look = useLook()
  const pages = usePages('/api/v1/keys/{key}/webhooks', [
    { params: { path: { key }, query: { sort, ...(search && { search }) } } },
  ])
  const create = (
    <May right="webhooks:write" apiKey={key}>
      <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setCreating(true)}>
        New endpoint
      </Button>
    </May>
  )
  return (
    <Page
      title="Webhooks"
      lead="Notify your back end of events. Each event is sent to these URLs as a signed message, and retried until it is accepted."
      actions={create}
    >
      {isCreating && <NewEndpoint apiKey={key} onClose={() => setCreating(false)} />}
      <SearchField label="Search by URL or description" value={search} onSearch={(text) => look({ search: text })} />
      <Listing
        label="Endpoints"
        pages={pages}
        columns={columnsOf(key)}
        keyOf={({ endpointId }) => endpointId}
        sort={sort}
        onSort={(by) => look({ sort: by })}
        empty={<NoEndpoints isSearch={search !== ''} create={create} />}
      />
    </Page>
  )
}

function NoEndpoints({ isSearch, create }: { readonly isSearch: boolean; readonly create: ReactNode }): ReactNode {
  if (isSearch) return <Empty title="No matching endpoints">Try part of the URL or description.</Empty>
  return (
    <Empty title="No endpoints yet" action={create}>
      An endpoint is a URL of your back end. Add one to be notified when sessions open and close, conversations start
      and end, and many registrations are refused at once.
    </Empty>
  )
}

function columnsOf(apiKey: string): readonly Column<Endpoint>[] {
  return [
    {
      title: 'URL',
      sort: 'url',
      cell: ({ endpointId, url, description }) => (
        <Stack gap={2} miw="14rem">
          <Anchor
            fw={600}
            style={{ overflowWrap: 'anywhere' }}
            renderRoot={(props) => (
              <Link to="/keys/$key/webhooks/$endpointId" params={{ key: apiKey, endpointId }} {...props} />
            )}
          >
            {url}
          </Anchor>
          {description !== '' && (
            <Text size="sm" c="dimmed">
              {description}
            </Text>
          )}
        </Stack>
      ),
    },
    {
      title: 'Events',
      cell: ({ types }) => (
        <Text size="sm" miw="12rem">
          {typesInWords(types)}
        </Text>
      ),
    },
    { title: 'State', sort: 'state', cell: (endpoint) => <EndpointState apiKey={apiKey} endpoint={endpoint} /> },
    { title: 'Created', sort: 'createdAt', cell: ({ createdAt }) => <Time at={createdAt} /> },
    { title: '', cell: (endpoint) => <EndpointMenu apiKey={apiKey} endpoint={endpoint} /> },
  ]
}
