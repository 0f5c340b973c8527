import { Anchor, Badge, Button, Stack, Text } from '@mantine/core'
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
import { type Endpoint, stateInWords, typesInWords } from './endpoint.ts'
import { EndpointMenu } from './endpoint-menu.tsx'
import { NewEndpoint } from './new-endpoint.tsx'

const route = getRouteApi('/logged-in/keys/$key/webhooks')
const SORTS = ['createdAt', '-createdAt', 'url', '-url', 'state', '-state'] as const

/** Where your back end is told what happens. */
export function WebhooksPage(): ReactNode {
  const { key } = route.useParams()
  const { search = '', sort: said } = route.useSearch()
  const sort = oneOf(SORTS, said)
  const [isMaking, setMaking] = useState(false)
  const look = useLook()
  const pages = usePages('/api/v1/keys/{key}/webhooks', [
    { params: { path: { key }, query: { sort, ...(search && { search }) } } },
  ])
  const make = (
    <May right="webhooks:write" apiKey={key}>
      <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setMaking(true)}>
        New endpoint
      </Button>
    </May>
  )
  return (
    <Page
      title="Webhooks"
      lead="Your back end is told what happens: a signed message is posted to each of these addresses, and again until it is taken."
      actions={make}
    >
      {isMaking && <NewEndpoint apiKey={key} onClose={() => setMaking(false)} />}
      <SearchField
        label="Search by address or description"
        value={search}
        onSearch={(text) => look({ search: text })}
      />
      <Listing
        label="Endpoints"
        pages={pages}
        columns={columnsOf(key)}
        keyOf={({ endpointId }) => endpointId}
        sort={sort}
        onSort={(by) => look({ sort: by })}
        empty={<NoEndpoints isSearch={search !== ''} make={make} />}
      />
    </Page>
  )
}

function NoEndpoints({ isSearch, make }: { readonly isSearch: boolean; readonly make: ReactNode }): ReactNode {
  if (isSearch) return <Empty title="No endpoint like that">Try a part of the address, or of the description.</Empty>
  return (
    <Empty title="Nobody is told of anything yet" action={make}>
      An endpoint is an address of your back end. Give one, and it hears who comes in and who goes, when a conversation
      starts and ends, and when many are refused at once.
    </Empty>
  )
}

function columnsOf(apiKey: string): readonly Column<Endpoint>[] {
  return [
    {
      title: 'Address',
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
      title: 'Is told',
      cell: ({ types }) => (
        <Text size="sm" miw="12rem">
          {typesInWords(types)}
        </Text>
      ),
    },
    { title: 'State', sort: 'state', cell: (endpoint) => <EndpointState endpoint={endpoint} /> },
    { title: 'Made', sort: 'createdAt', cell: ({ createdAt }) => <Time at={createdAt} /> },
    { title: '', cell: (endpoint) => <EndpointMenu apiKey={apiKey} endpoint={endpoint} /> },
  ]
}

function EndpointState({ endpoint }: { readonly endpoint: Endpoint }): ReactNode {
  const { word, colour } = stateInWords(endpoint)
  return <Badge color={colour}>{word}</Badge>
}
