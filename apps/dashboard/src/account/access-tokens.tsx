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

/** Personal access tokens: programs use them to act as this account. */
export function AccessTokens(): ReactNode {
  const { search = '', sort: said } = route.useSearch()
  const sort = oneOf(SORTS, said)
  const [isCreating, setCreating] = useState(false)
  const look = useLook({ resetScroll: false })
  const pages = usePages('/api/v1/me/tokens', [{ params: { query: { sort, ...(search && { search }) } } }])
  const create = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setCreating(true)}>
      New access token
    </Button>
  )
  return (
    <Section
      title="Personal access tokens"
      lead="Programs use these to act as you: the command line on another machine, a deployment, your back end."
      actions={create}
    >
      {isCreating && <NewToken onClose={() => setCreating(false)} />}
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
              A program sends a token with each API request. It can do what you allow, up to your own permissions, until
              it expires.
            </Empty>
          ) : (
            <Empty title="No matching access tokens">Try part of the name.</Empty>
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
    title: 'Permissions',
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
  { title: 'API key', cell: ({ apiKey }) => (apiKey === null ? 'All' : <KeyName apiKey={apiKey} />) },
  { title: 'Expires', sort: 'expiresAt', cell: ({ expiresAt }) => <Expiry at={expiresAt} /> },
  {
    title: 'Last used',
    sort: 'lastUsedAt',
    cell: ({ lastUsedAt }) => (lastUsedAt === null ? 'Never' : <Time at={lastUsedAt} />),
  },
  { title: 'Created', sort: 'createdAt', cell: ({ createdAt }) => <Time at={createdAt} /> },
  { title: '', cell: (token) => <DeleteToken token={token} /> },
]

function Expiry({ at }: { readonly at: number }): ReactNode {
  const isExpired = useNow() >= at
  return (
    <Stack gap={2} align="flex-start">
      {isExpired && <Badge color="gray.7">Expired</Badge>}
      <Time at={at} />
    </Stack>
  )
}

function DeleteToken({ token }: { readonly token: PersonalToken }): ReactNode {
  const { tokenId, name, lastUsedAt } = token
  const [isAsking, setAsking] = useState(false)
  const remove = useChange(() => admin.delete('/api/v1/me/tokens/{tokenId}', { params: { path: { tokenId } } }), {
    touches: ['/api/v1/me/tokens'],
    done: `Access token “${name}” deleted.`,
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
          action="Delete"
          onConfirm={() => remove.mutateAsync(undefined)}
          onClose={() => setAsking(false)}
        >
          <Text>
            Every program that uses it is refused from now on. This cannot be undone.{' '}
            {lastUsedAt === null ? (
              'It has never been used.'
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
