import { ActionIcon, Badge, Button, Stack, Text, Tooltip } from '@mantine/core'
import type { components } from '@stagedoor/admin'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { Confirm } from '../parts/confirm.tsx'
import { KeyName } from '../parts/key-name.tsx'
import { type Column, Listing } from '../parts/listing.tsx'
import { Section } from '../parts/page.tsx'
import { SearchField } from '../parts/search-field.tsx'
import { Empty } from '../parts/states.tsx'
import { Time, useNow } from '../parts/time.tsx'
import { admin } from '../platform/admin.ts'
import { oneOf } from '../platform/one-of.ts'
import { useChange } from '../platform/use-change.ts'
import { useLook } from '../platform/use-look.ts'
import { usePages } from '../platform/use-pages.ts'
import { NewToken } from './new-token.tsx'
import { rightsInWords } from './right-words.ts'

const route = getRouteApi('/logged-in/account')
const SORTS = [
  'createdAt',
  '-createdAt',
  'name',
  '-name',
  'expiresAt',
  '-expiresAt',
  'lastUsedAt',
  '-lastUsedAt',
] as const

type PersonalToken = components['schemas']['PersonalToken']

/** By what programs act in one's name. */
export function AccessTokens(): ReactNode {
  const { search = '', sort: said } = route.useSearch()
  const sort = oneOf(SORTS, said)
  const [isMaking, setMaking] = useState(false)
  const look = useLook({ resetScroll: false })
  const pages = usePages('/api/v1/me/tokens', [{ params: { query: { sort, ...(search && { search }) } } }])
  const make = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setMaking(true)}>
      New access token
    </Button>
  )
  return (
    <Section
      title="Personal access tokens"
      lead="For programs that act in your name: the command line from afar, a deployment, your back end."
      actions={make}
    >
      {isMaking && <NewToken onClose={() => setMaking(false)} />}
      <SearchField label="Search by name" value={search} onSearch={(text) => look({ search: text })} />
      <Listing
        label="Personal access tokens"
        pages={pages}
        columns={COLUMNS}
        keyOf={({ tokenId }) => tokenId}
        sort={sort}
        onSort={(by) => look({ sort: by })}
        empty={
          search === '' ? (
            <Empty title="No access tokens yet">
              A program that asks the API sends one along. It may do what you choose of what you may, and ends by
              itself.
            </Empty>
          ) : (
            <Empty title="No access token of that name">Try a part of the name.</Empty>
          )
        }
      />
    </Section>
  )
}

const COLUMNS: readonly Column<PersonalToken>[] = [
  {
    title: 'Name',
    sort: 'name',
    cell: ({ name }) => (
      <Text size="sm" fw={600} miw="8rem">
        {name}
      </Text>
    ),
  },
  {
    title: 'May',
    cell: ({ rights }) => (
      <Stack gap={4} miw="16rem">
        {rightsInWords(rights).map((sentence) => (
          <Text key={sentence} size="sm">
            {sentence}
          </Text>
        ))}
      </Stack>
    ),
  },
  { title: 'API key', cell: ({ apiKey }) => (apiKey === null ? 'all' : <KeyName apiKey={apiKey} />) },
  { title: 'Ends', sort: 'expiresAt', cell: ({ expiresAt }) => <Ends at={expiresAt} /> },
  {
    title: 'Last used',
    sort: 'lastUsedAt',
    cell: ({ lastUsedAt }) => (lastUsedAt === null ? 'never' : <Time at={lastUsedAt} />),
  },
  { title: 'Made', sort: 'createdAt', cell: ({ createdAt }) => <Time at={createdAt} /> },
  { title: '', cell: (token) => <DeleteToken token={token} /> },
]

function Ends({ at }: { readonly at: number }): ReactNode {
  const isOver = useNow() >= at
  return (
    <Stack gap={2} align="flex-start">
      {isOver && <Badge color="gray.7">ended</Badge>}
      <Time at={at} />
    </Stack>
  )
}

function DeleteToken({ token }: { readonly token: PersonalToken }): ReactNode {
  const { tokenId, name, lastUsedAt } = token
  const [isAsking, setAsking] = useState(false)
  const remove = useChange(() => admin.delete('/api/v1/me/tokens/{tokenId}', { params: { path: { tokenId } } }), {
    touches: ['/api/v1/me/tokens'],
    done: `The access token “${name}” is deleted.`,
    sayFailure: false,
  })
  return (
    <>
      <Tooltip label={`Delete ${name}`}>
        <ActionIcon variant="subtle" color="gray" aria-label={`Delete ${name}`} onClick={() => setAsking(true)}>
          <IconTrash size={18} />
        </ActionIcon>
      </Tooltip>
      {isAsking && (
        <Confirm
          title={`Delete “${name}”?`}
          action="Delete it for good"
          onConfirm={() => remove.mutateAsync(undefined)}
          onClose={() => setAsking(false)}
        >
          <Text>
            Every program that has it is turned away from now on.{' '}
            {lastUsedAt === null ? (
              'None has used it yet.'
            ) : (
              <>
                It was last used <Time at={lastUsedAt} />.
              </>
            )}
          </Text>
        </Confirm>
      )}
    </>
  )
}
