import { Alert, Anchor, Group, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core'
import { useThrottledCallback } from '@mantine/hooks'
import type { Answer } from '@stagedoor/admin'
import { IconAlertTriangle } from '@tabler/icons-react'
import { getRouteApi, Link } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense } from 'react'
import { type Column, Listing } from '../parts/listing.tsx'
import { Page, Section } from '../parts/page.tsx'
import { A_DAY, LONG_PERIODS } from '../parts/periods.ts'
import { SearchField } from '../parts/search-field.tsx'
import { Empty, Loading } from '../parts/states.tsx'
import { Time } from '../parts/time.tsx'
import { oneOf } from '../platform/one-of.ts'
import { useLive } from '../platform/use-live.ts'
import { useLook } from '../platform/use-look.ts'
import { usePages } from '../platform/use-pages.ts'
import { FindRefusal } from './find-refusal.tsx'
import type { Refusal } from './refusal.ts'

const RefusalChart = lazy(() => import('./refusal-chart.tsx').then(({ RefusalChart }) => ({ default: RefusalChart })))

const route = getRouteApi('/logged-in/keys/$key/refusals')
const SORTS = [
  '-lastAt',
  'lastAt',
  'userId',
  '-userId',
  'count',
  '-count',
  'code',
  '-code',
  'firstAt',
  '-firstAt',
] as const
const RELOAD_MS = 2_000

type RefusalPage = Answer<'/api/v1/keys/{key}/refusals', 'get'>
const SPANS = [{ value: '3600', label: '1 h' }, { value: '21600', label: '6 h' }, ...LONG_PERIODS]

/** The refusal log of an API key: counts over time, and each refusal. */
export function RefusalsPage(): ReactNode {
  const { key } = route.useParams()
  const { code, search, origin, span = A_DAY, sort: said } = route.useSearch()
  const sort = oneOf(SORTS, said)
  const look = useLook()
  const filter = Object.fromEntries(Object.entries({ code, search, origin }).filter(([, value]) => value !== undefined))
  const pages = usePages('/api/v1/keys/{key}/refusals', [{ params: { path: { key }, query: { ...filter, sort } } }])
  const reload = useThrottledCallback(pages.reload, RELOAD_MS)
  useLive(key, { hello: reload, refusals: reload })
  const isFiltered = code !== undefined || search !== undefined || origin !== undefined
  return (
    <Page
      title="Refusals"
      lead="Recent refused connections. Clients see less detail than you do here."
      actions={<FindRefusal />}
    >
      <Section
        title="Over time"
        actions={
          <SegmentedControl
            size="xs"
            aria-label="Period"
            data={SPANS}
            value={span}
            onChange={(seconds) => look({ span: seconds })}
          />
        }
      >
        <Suspense fallback={<Loading lines={5} />}>
          <RefusalChart apiKey={key} spanSeconds={Number(span)} onChoose={(chosen) => look({ code: chosen })} />
        </Suspense>
      </Section>
      <Section title="Recent refusals" lead="Repeated attempts are listed once, with a count.">
        <Group gap="sm">
          <SearchField label="Search by user" value={search ?? ''} onSearch={(text) => look({ search: text })} />
          <OriginField key={origin} value={origin ?? ''} onChange={(text) => look({ origin: text })} />
          {code !== undefined && (
            <Select
              aria-label="Code"
              data={[code]}
              value={code}
              clearable
              clearButtonProps={{ 'aria-label': 'All codes', 'aria-hidden': false, tabIndex: 0 }}
              onChange={(chosen) => look({ code: chosen ?? undefined })}
            />
          )}
        </Group>
        <Listing
          label="Refusals"
          pages={pages}
          columns={COLUMNS}
          keyOf={({ refusalId }) => refusalId}
          sort={sort}
          onSort={(by) => look({ sort: by })}
          empty={
            isFiltered ? (
              <Empty title="No matching refusals">Remove a filter to see more.</Empty>
            ) : (
              <Empty title="No refusals">
                Each refused registration appears here with the check that failed and what to do about it.
              </Empty>
            )
          }
        />
        <Completeness answer={pages.last} />
      </Section>
    </Page>
  )
}

/** From when on refusals are kept, and whether some are missing: an empty list may not mean that there were none. */
function Completeness({
  answer,
}: {
  readonly answer: Pick<RefusalPage, 'keptSince' | 'discarded'> | undefined
}): ReactNode {
  if (answer === undefined) return null
  const { keptSince, discarded } = answer
  return (
    <>
      {discarded !== null && (
        <Alert color="yellow" icon={<IconAlertTriangle />} title="Some refusals are missing">
          {discarded.count.toLocaleString('en')} more between <Time at={discarded.firstAt} /> and{' '}
          <Time at={discarded.lastAt} /> are not kept, because there were too many. The chart counts them.
        </Alert>
      )}
      <Text size="sm" c="dimmed">
        The refusal log began <Time at={keptSince} />.
      </Text>
    </>
  )
}

interface OriginFieldProps {
  readonly value: string
  readonly onChange: (text: string | undefined) => void
}

/** Filters by a whole origin, so the filter applies when the field is left or submitted. */
function OriginField({ value, onChange }: OriginFieldProps): ReactNode {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        onChange(String(new FormData(event.currentTarget).get('origin')).trim() || undefined)
      }}
    >
      <TextInput
        name="origin"
        aria-label="Origin"
        placeholder="Origin, e.g. https://shop.example"
        defaultValue={value}
        maxLength={256}
        w="17rem"
        onBlur={({ currentTarget }) =>
          currentTarget.value !== value && onChange(currentTarget.value.trim() || undefined)
        }
      />
    </form>
  )
}

const COLUMNS: readonly Column<Refusal>[] = [
  { title: 'Last attempt', sort: 'lastAt', cell: ({ lastAt }) => <Time at={lastAt} /> },
  {
    title: 'User id',
    sort: 'userId',
    cell: ({ apiKey, refusalId, userId }) => (
      <Anchor
        fw={600}
        renderRoot={(props) => (
          <Link to="/keys/$key/refusals/$refusalId" params={{ key: apiKey, refusalId }} {...props} />
        )}
      >
        {userId}
      </Anchor>
    ),
  },
  { title: 'Attempts', sort: 'count', cell: ({ count }) => count },
  {
    title: 'Reason',
    sort: 'code',
    cell: ({ code, message }) => (
      <Stack gap={0} miw="16rem">
        <span className="value">{code}</span>
        <Text size="sm" c="dimmed">
          {message}
        </Text>
      </Stack>
    ),
  },
  { title: 'From', cell: ({ origin, address }) => [origin, address].filter((part) => part !== null).join(' · ') },
]
