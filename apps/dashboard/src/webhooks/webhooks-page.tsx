import { Anchor, Badge, Button, Stack, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { getRouteApi, Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { type Column, Listing } from '../parts/listing.tsx'
import { Page } from '../parts/page.tsx'
import { Empty } from '../parts/states.tsx'
import { Time } from '../parts/time.tsx'
import { May } from '../platform/me.tsx'
import { usePages } from '../platform/use-pages.ts'
import { type Endpoint, stateInWords, typesInWords } from './endpoint.ts'
import { EndpointMenu } from './endpoint-menu.tsx'
import { NewEndpoint } from './new-endpoint.tsx'

const route = getRouteApi('/logged-in/keys/$key/webhooks')

/** Where your back end is told what happens. */
export function WebhooksPage(): ReactNode {
  const { key } = route.useParams()
  const [isMaking, setMaking] = useState(false)
  const pages = usePages('/api/v1/keys/{key}/webhooks', [{ params: { path: { key } } }])
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
      <Listing
        label="Endpoints"
        pages={pages}
        columns={columnsOf(key)}
        keyOf={({ endpointId }) => endpointId}
        empty={
          <Empty title="Nobody is told of anything yet" action={make}>
            An endpoint is an address of your back end. Give one, and it hears who comes in and who goes, when a
            conversation starts and ends, and when many are refused at once.
          </Empty>
        }
      />
    </Page>
  )
}

function columnsOf(apiKey: string): readonly Column<Endpoint>[] {
  return [
    {
      title: 'Address',
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
    { title: 'State', cell: (endpoint) => <EndpointState endpoint={endpoint} /> },
    { title: 'Made', cell: ({ createdAt }) => <Time at={createdAt} /> },
    { title: '', cell: (endpoint) => <EndpointMenu apiKey={apiKey} endpoint={endpoint} /> },
  ]
}

function EndpointState({ endpoint }: { readonly endpoint: Endpoint }): ReactNode {
  const { word, colour } = stateInWords(endpoint)
  return <Badge color={colour}>{word}</Badge>
}
