import { Button, Group, Select, Text } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { type Column, Listing } from '../parts/listing.tsx'
import { Page } from '../parts/page.tsx'
import { SearchField } from '../parts/search-field.tsx'
import { Empty } from '../parts/states.tsx'
import { Time } from '../parts/time.tsx'
import { May, useMay } from '../platform/me.tsx'
import { oneOf } from '../platform/one-of.ts'
import { useLook } from '../platform/use-look.ts'
import { usePages } from '../platform/use-pages.ts'
import { LiftBan } from './lift-ban.tsx'
import { NewRevocation } from './new-revocation.tsx'
import { KIND_WORDS, KINDS, type Revocation, revokerInWords } from './revocation.ts'

const route = getRouteApi('/logged-in/keys/$key/revocations')
const SORTS = ['-revokedAt', 'revokedAt', 'forgetAt', '-forgetAt', 'subject', '-subject'] as const

/** What is revoked under an API key, and the bans of users. */
export function RevocationsPage(): ReactNode {
  const { key } = route.useParams()
  const { kind: asked, search, sort: said } = route.useSearch()
  const kind = KINDS.find((known) => known === asked)
  const sort = oneOf(SORTS, said)
  const look = useLook()
  const [dialog, setDialog] = useState<'new' | { readonly lift: string }>()
  const mayRevoke = useMay('revocations:write', key)
  const maySeeWho = useMay('audit:read', key)
  const query = { ...(kind !== undefined && { kind }), ...(search !== undefined && { search }), sort }
  const pages = usePages('/api/v1/keys/{key}/revocations', [{ params: { path: { key }, query } }])
  const close = () => setDialog(undefined)
  return (
    <Page
      title="Revocations"
      lead="Revoked tokens and banned users. An entry is removed when no token that it refuses could be valid any more."
      actions={
        <May right="revocations:write" apiKey={key}>
          <Button onClick={() => setDialog('new')}>Revoke…</Button>
        </May>
      }
    >
      <Group gap="sm">
        <Select
          aria-label="Kind"
          placeholder="All kinds"
          data={KINDS.map((value) => ({ value, label: KIND_WORDS[value] }))}
          value={kind ?? null}
          clearable
          clearButtonProps={{ 'aria-label': 'All kinds' }}
          onChange={(chosen) => look({ kind: chosen ?? undefined })}
        />
        <SearchField label="Search by subject" value={search ?? ''} onSearch={(text) => look({ search: text })} />
      </Group>
      <Listing
        label="Revocations"
        pages={pages}
        columns={[
          ...COLUMNS,
          ...(maySeeWho ? [BY] : []),
          UNTIL,
          ...(mayRevoke ? [actionsWith((lift) => setDialog({ lift }))] : []),
        ]}
        keyOf={({ kind, subject }) => `${kind} ${subject}`}
        sort={sort}
        onSort={(by) => look({ sort: by })}
        empty={
          kind !== undefined || search !== undefined ? (
            <Empty title="No matching revocations">Remove a filter to see more.</Empty>
          ) : (
            <Empty title="No revocations">
              Revoked tokens, signing keys and banned users appear here for as long as they are refused.
            </Empty>
          )
        }
      />
      {dialog === 'new' && <NewRevocation apiKey={key} onClose={close} />}
      {typeof dialog === 'object' && <LiftBan apiKey={key} userId={dialog.lift} onClose={close} />}
    </Page>
  )
}

const COLUMNS: readonly Column<Revocation>[] = [
  { title: 'Kind', cell: ({ kind }) => KIND_WORDS[kind] },
  {
    title: 'Subject',
    sort: 'subject',
    cell: ({ kind, subject }) =>
      kind === 'everything' ? (
        <Text size="sm" c="dimmed">
          Every token of this API key
        </Text>
      ) : (
        <span className="value">{subject}</span>
      ),
  },
  { title: 'Revoked', sort: 'revokedAt', cell: ({ revokedAt }) => <Time at={revokedAt} /> },
]

const BY: Column<Revocation> = { title: 'By', cell: ({ revokedBy }) => revokerInWords(revokedBy) }

const UNTIL: Column<Revocation> = { title: 'Until', sort: 'forgetAt', cell: ({ forgetAt }) => <Time at={forgetAt} /> }

function actionsWith(onLift: (userId: string) => void): Column<Revocation> {
  return {
    title: 'Actions',
    cell: ({ kind, subject }) =>
      kind === 'ban' && (
        <Button variant="default" size="xs" aria-label={`Lift ban of ${subject}`} onClick={() => onLift(subject)}>
          Lift ban
        </Button>
      ),
  }
}
