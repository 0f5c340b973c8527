import { Anchor, Badge, Button, Group, Select, Stack, Text } from '@mantine/core'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { type Column, Listing } from '../parts/listing.tsx'
import { Section } from '../parts/page.tsx'
import { Empty } from '../parts/states.tsx'
import { Time } from '../parts/time.tsx'
import { oneOf } from '../platform/one-of.ts'
import { useLook } from '../platform/use-look.ts'
import { usePages } from '../platform/use-pages.ts'
import { attemptInWords, type Delivery, MESSAGE_TYPES, MESSAGE_WORDS, STATE_FILTERS, stateInWords } from './delivery.ts'

const route = getRouteApi('/logged-in/keys/$key/webhooks/$endpointId')
const SORTS = ['-createdAt', 'createdAt'] as const
const LOOK_MS = 5_000

/** The deliveries to an endpoint, each with its state. */
export function Deliveries(): ReactNode {
  const { key, endpointId } = route.useParams()
  const search = route.useSearch()
  const state = STATE_FILTERS.find(({ value }) => value === search.state)?.value
  const type = MESSAGE_TYPES.find((known) => known === search.type)
  const sort = oneOf(SORTS, search.sort)
  const look = useLook()
  const pages = usePages(
    '/api/v1/keys/{key}/webhooks/{endpointId}/deliveries',
    [{ params: { path: { key, endpointId }, query: { sort, ...(state && { state }), ...(type && { type }) } } }],
    { refetchInterval: LOOK_MS },
  )
  return (
    <Section title="Deliveries" lead="Messages of the last 7 days.">
      <Group gap="sm">
        <Select
          aria-label="State"
          placeholder="All states"
          data={STATE_FILTERS}
          value={state ?? null}
          clearable
          clearButtonProps={{ 'aria-label': 'All states' }}
          w="11rem"
          onChange={(chosen) => look({ state: chosen ?? undefined })}
        />
        <Select
          aria-label="Event"
          placeholder="All events"
          data={MESSAGE_TYPES.map((value) => ({ value, label: MESSAGE_WORDS[value] }))}
          value={type ?? null}
          clearable
          clearButtonProps={{ 'aria-label': 'All events' }}
          w="15rem"
          onChange={(chosen) => look({ type: chosen ?? undefined })}
        />
      </Group>
      <Listing
        label="Deliveries"
        pages={pages}
        columns={COLUMNS}
        keyOf={({ deliveryId }) => deliveryId}
        sort={sort}
        onSort={(by) => look({ sort: by })}
        empty={
          state === undefined && type === undefined ? (
            <Empty title="No deliveries yet">
              Events appear here within a second, with each attempt and its result. Send a test to check that your back
              end accepts it.
            </Empty>
          ) : (
            <Empty
              title="No matching deliveries"
              action={
                <Button variant="default" onClick={() => look({ state: undefined, type: undefined })}>
                  Show all
                </Button>
              }
            >
              Remove a filter to see more.
            </Empty>
          )
        }
      />
    </Section>
  )
}

const COLUMNS: readonly Column<Delivery>[] = [
  { title: 'Created', sort: 'createdAt', cell: ({ createdAt }) => <Time at={createdAt} /> },
  {
    title: 'Event',
    cell: ({ deliveryId, type }) => (
      <Stack gap={0} miw="11rem">
        <Anchor
          fw={600}
          renderRoot={(props) => (
            <Link
              from="/keys/$key/webhooks/$endpointId"
              to="."
              search={(before) => ({ ...before, delivery: deliveryId })}
              resetScroll={false}
              {...props}
            />
          )}
        >
          {MESSAGE_WORDS[type]}
        </Anchor>
        <span className="value">{type}</span>
      </Stack>
    ),
  },
  {
    title: 'State',
    cell: (delivery) => {
      const { word, colour } = stateInWords(delivery)
      return (
        <Stack gap={2} align="flex-start">
          <Badge color={colour}>{word}</Badge>
          {delivery.state === 'retrying' && delivery.dueAt !== null && (
            <Text size="xs">
              Next retry <Time at={delivery.dueAt} />
            </Text>
          )}
        </Stack>
      )
    },
  },
  { title: 'Attempts', cell: ({ tries }) => tries },
  {
    title: 'Last attempt',
    cell: ({ attempts }) => {
      const last = attempts.at(-1)
      return (
        <Text size="sm" miw="12rem" {...(last?.reason != null && { c: 'var(--mantine-color-error)' })}>
          {last === undefined ? '' : attemptInWords(last)}
        </Text>
      )
    },
  },
]
