import { Anchor, Group } from '@mantine/core'
import { useThrottledCallback } from '@mantine/hooks'
import type { components } from '@stagedoor/admin'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { type Column, Listing } from '../parts/listing.tsx'
import { SearchField } from '../parts/search-field.tsx'
import { Empty } from '../parts/states.tsx'
import { oneOf } from '../platform/one-of.ts'
import { useLive } from '../platform/use-live.ts'
import { useLook } from '../platform/use-look.ts'
import { usePages } from '../platform/use-pages.ts'
import { Liveness } from './liveness.tsx'

type Conversation = components['schemas']['Conversation']

const route = getRouteApi('/logged-in/keys/$key/live')
const SORTS = ['name', '-name', 'members', '-members'] as const
/** Under load the list is reloaded no more often than this. */
const RELOAD_MS = 1_000

/** The live conversations. */
export function ConversationsView({ apiKey }: { readonly apiKey: string }): ReactNode {
  const { search, sort: said } = route.useSearch()
  const sort = oneOf(SORTS, said)
  const look = useLook()
  const pages = usePages('/api/v1/keys/{key}/conversations', [
    {
      params: {
        path: { key: apiKey },
        query: { sort, ...(search !== undefined && { search }) },
      },
    },
  ])
  const reload = useThrottledCallback(pages.reload, RELOAD_MS)
  const connection = useLive(apiKey, { hello: reload, resync: reload, conversations: reload })
  return (
    <>
      <Group gap="sm">
        <SearchField label="Search by name" value={search ?? ''} onSearch={(text) => look({ search: text })} />
        <Liveness connection={connection} count={pages.total} what="conversation" />
      </Group>
      <Listing
        label="Conversations"
        pages={pages}
        columns={columnsOf(apiKey)}
        keyOf={({ name }) => name}
        sort={sort}
        onSort={(by) => look({ sort: by })}
        empty={
          <Empty title={search === undefined ? 'No live conversations' : 'No matching conversations'}>
            A conversation appears here while someone is in it.
          </Empty>
        }
      />
    </>
  )
}

function columnsOf(key: string): readonly Column<Conversation>[] {
  return [
    {
      title: 'Name',
      sort: 'name',
      cell: ({ name }) => (
        <Anchor
          fw={600}
          renderRoot={(props) => (
            <Link to="/keys/$key/live/$conversation" params={{ key, conversation: name }} {...props} />
          )}
        >
          {name}
        </Anchor>
      ),
    },
    { title: 'Participants', sort: 'members', cell: ({ members }) => members },
    { title: 'Streams', cell: ({ streams }) => streams },
  ]
}
