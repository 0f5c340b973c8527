import { Alert, Badge, Button, Group, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconPlus, IconRefresh } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { Copyable } from '../parts/copy.tsx'
import { type Column, Listing } from '../parts/listing.tsx'
import { Page } from '../parts/page.tsx'
import { SearchField } from '../parts/search-field.tsx'
import { Empty } from '../parts/states.tsx'
import { Time } from '../parts/time.tsx'
import { May } from '../platform/me.tsx'
import { oneOf } from '../platform/one-of.ts'
import { useAnswer } from '../platform/use-answer.ts'
import { useLook } from '../platform/use-look.ts'
import { usePages } from '../platform/use-pages.ts'
import { AddKey } from './add-key.tsx'
import { Rotate } from './rotate.tsx'
import { adviceOn, KIND_WORDS, type SigningKey } from './signing-key.ts'
import { SigningKeyMenu } from './signing-key-menu.tsx'

const route = getRouteApi('/logged-in/keys/$key/authentication')
const SORTS = [
  'createdAt',
  '-createdAt',
  'keyId',
  '-keyId',
  'sessions',
  '-sessions',
  'lastUsedAt',
  '-lastUsedAt',
] as const
/** How often the use of the keys is refreshed. */
const LOOK_MS = 3_000

const STATE_COLOURS = { active: 'teal.9', retiring: 'orange.9', retired: 'gray.7' } as const
const STATE_WORDS = { active: 'Active', retiring: 'Retiring', retired: 'Retired' } as const

/** The signing keys of an API key: secrets, public keys and key sets. */
export function AuthenticationPage(): ReactNode {
  const { key } = route.useParams()
  const { search = '', sort: said } = route.useSearch()
  const sort = oneOf(SORTS, said)
  const look = useLook()
  const [dialog, setDialog] = useState<'add' | 'rotate'>()
  const pages = useSigningKeys(key, { sort, ...(search && { search }) })
  // Advice and rotation consider every key, whatever the search.
  const all = useSigningKeys(key, { sort: SORTS[0] })
  const apiKey = useAnswer('/api/v1/keys/{key}', [{ params: { path: { key } } }])
  const keys = all.items ?? []
  const advice = keys.flatMap((one) => {
    const words = adviceOn(one)
    return words === undefined ? [] : [{ keyId: one.keyId, words }]
  })
  return (
    <Page
      title="Authentication"
      lead="The keys that sign this API key’s access tokens. Several can be active at once, so you can rotate without refusing anyone."
      actions={
        <May right="signing_keys:write" apiKey={key}>
          <Button
            variant="default"
            leftSection={<IconRefresh size={16} aria-hidden />}
            onClick={() => setDialog('rotate')}
          >
            Rotate secret
          </Button>
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setDialog('add')}>
            Add signing key
          </Button>
        </May>
      }
    >
      {dialog === 'add' && <AddKey apiKey={key} onClose={() => setDialog(undefined)} />}
      {dialog === 'rotate' && <Rotate apiKey={key} keys={keys} onClose={() => setDialog(undefined)} />}
      {apiKey.data?.policy.allowAnyUser === true && (
        <Alert color="yellow" icon={<IconAlertTriangle />} title="Wildcard tokens are allowed">
          One token can register as any user. Mint a token for each user in your back end, then disallow wildcard tokens
          in the policy.
        </Alert>
      )}
      {advice.map(({ keyId, words }) => (
        <Alert key={keyId} color="yellow" icon={<IconAlertTriangle />} title={keyId}>
          {words}
        </Alert>
      ))}
      <SearchField label="Search by key id" value={search} onSearch={(text) => look({ search: text })} />
      <Listing
        label="Signing keys"
        pages={pages}
        columns={columnsOf(key)}
        keyOf={({ keyId }) => keyId}
        sort={sort}
        onSort={(by) => look({ sort: by })}
        empty={
          search === '' ? (
            <Empty title="No signing keys">
              Add a secret or a public key; until then, no access token can be verified.
            </Empty>
          ) : (
            <Empty title="No matching signing keys">Try part of the key id.</Empty>
          )
        }
      />
    </Page>
  )
}

function useSigningKeys(key: string, query: { readonly sort: (typeof SORTS)[number]; readonly search?: string }) {
  return usePages('/api/v1/keys/{key}/signing-keys', [{ params: { path: { key }, query } }], {
    refetchInterval: LOOK_MS,
  })
}

function columnsOf(apiKey: string): readonly Column<SigningKey>[] {
  return [
    { title: 'Key id', sort: 'keyId', cell: ({ keyId }) => <Copyable value={keyId} what="key id" /> },
    {
      title: 'Type',
      cell: ({ kind, algorithm }) => (
        <Text size="sm">
          {KIND_WORDS[kind]}
          {algorithm !== null && `, ${algorithm}`}
        </Text>
      ),
    },
    {
      title: 'State',
      cell: ({ state, retiresAt }) => (
        <Stack gap={2} align="flex-start">
          <Badge color={STATE_COLOURS[state]}>{STATE_WORDS[state]}</Badge>
          {state === 'retiring' && retiresAt !== null && (
            <Text size="xs">
              Retires <Time at={retiresAt} />
            </Text>
          )}
        </Stack>
      ),
    },
    {
      title: 'Live sessions',
      sort: 'sessions',
      cell: ({ sessions, state }) => (
        <Group gap={6} wrap="nowrap">
          <Text size="sm" fw={sessions > 0 ? 600 : 400}>
            {sessions}
          </Text>
          {sessions > 0 && state !== 'active' && <Badge color="orange.9">In use</Badge>}
        </Group>
      ),
    },
    {
      title: 'Last used',
      sort: 'lastUsedAt',
      cell: ({ lastUsedAt }) => (lastUsedAt === null ? 'Never' : <Time at={lastUsedAt} />),
    },
    { title: 'Created', sort: 'createdAt', cell: ({ createdAt }) => <Time at={createdAt} /> },
    { title: '', cell: (key) => <SigningKeyMenu apiKey={apiKey} signingKey={key} /> },
  ]
}
