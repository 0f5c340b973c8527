import { Button, Group, Pill, Select } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { SearchField } from '../parts/search-field.tsx'
import { Empty, Failure, Loading } from '../parts/states.tsx'
import { oneOf } from '../platform/one-of.ts'
import { useLook } from '../platform/use-look.ts'
import type { Session } from './live-list.ts'
import { Liveness } from './liveness.tsx'
import { SessionDrawer } from './session-drawer.tsx'
import { SessionRows } from './session-rows.tsx'
import { NEWEST_FIRST, SORTS, useSessions } from './use-sessions.ts'

const route = getRouteApi('/logged-in/keys/$key/live')
const ORDERS = [
  { value: NEWEST_FIRST, label: 'Newest first' },
  { value: 'since', label: 'Oldest first' },
  { value: 'until', label: 'Expiring first' },
  { value: 'userId', label: 'By user' },
]

/** The live sessions of an API key. */
export function SessionsView({ apiKey }: { readonly apiKey: string }): ReactNode {
  const { search, conversation, keyId, sort: said } = route.useSearch()
  const sort = oneOf(SORTS, said)
  const look = useLook()
  const live = useSessions(apiKey, { search, conversation, keyId, sort })
  const [chosen, setChosen] = useState<Session>()
  const present = live.items?.find(({ sessionId }) => sessionId === chosen?.sessionId)
  const isFiltered = search !== undefined || conversation !== undefined || keyId !== undefined
  return (
    <>
      <Group gap="sm">
        <SearchField label="Search by user" value={search ?? ''} onSearch={(text) => look({ search: text })} />
        <Select
          aria-label="Sort"
          data={ORDERS}
          value={sort}
          allowDeselect={false}
          w="11rem"
          onChange={(order) => look({ sort: order ?? undefined })}
        />
        {conversation !== undefined && (
          <Filter label={`in ${conversation}`} onRemove={() => look({ conversation: undefined })} />
        )}
        {keyId !== undefined && <Filter label={`signed with ${keyId}`} onRemove={() => look({ keyId: undefined })} />}
        <Liveness
          connection={live.connection}
          count={live.items === undefined ? undefined : live.total}
          what="session"
        />
        {live.fresh > 0 && (
          <Button variant="light" size="xs" onClick={live.reload}>
            {live.fresh} new: refresh
          </Button>
        )}
      </Group>
      {live.error !== undefined && <Failure error={live.error} retry={live.reload} />}
      {live.items === undefined && live.error === undefined && <Loading lines={8} />}
      {live.items !== undefined && live.items.length > 0 && (
        <SessionRows
          sessions={live.items}
          total={live.total}
          hasMore={live.cursor !== null}
          onMore={live.loadMore}
          onChoose={setChosen}
        />
      )}
      {live.items?.length === 0 && <NoSessions isFiltered={isFiltered} />}
      {chosen !== undefined && (
        <SessionDrawer
          session={present ?? chosen}
          hasEnded={present === undefined}
          onClose={() => setChosen(undefined)}
        />
      )}
    </>
  )
}

function Filter({ label, onRemove }: { readonly label: string; readonly onRemove: () => void }): ReactNode {
  return (
    <Pill
      size="lg"
      withRemoveButton
      onRemove={onRemove}
      removeButtonProps={{ 'aria-label': `Remove filter: ${label}` }}
    >
      {label}
    </Pill>
  )
}

function NoSessions({ isFiltered }: { readonly isFiltered: boolean }): ReactNode {
  if (isFiltered) return <Empty title="No matching sessions">No live session matches the filters.</Empty>
  return (
    <Empty title="No live sessions">
      A session appears here when a user registers with this API key, and disappears when it ends.
    </Empty>
  )
}
