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
import {
  attemptInWords,
  DELIVERY_STATES,
  type Delivery,
  MESSAGE_TYPES,
  MESSAGE_WORDS,
  STATE_WORDS,
} from './delivery.ts'

const route = getRouteApi('/logged-in/keys/$key/webhooks/$endpointId')
const SORTS = ['-createdAt', 'createdAt'] as const
const LOOK_MS = 5_000

/** What was sent to an endpoint, and what became of it. */
export function Deliveries(): ReactNode {
  const { key, endpointId } = route.useParams()
  const search = route.useSearch()
  const state = DELIVERY_STATES.find((known) => known === search.state)
  const type = MESSAGE_TYPES.find((known) => known === search.type)
  const sort = oneOf(SORTS, search.sort)
  const look = useLook()
  const pages = usePages(
    '/api/v1/keys/{key}/webhooks/{endpointId}/deliveries',
    [{ params: { path: { key, endpointId }, query: { sort, ...(state && { state }), ...(type && { type }) } } }],
    { refetchInterval: LOOK_MS },
  )
  return (
    <Section title="Deliveries" lead="Each message of the last 7 days.">
      <Group gap="sm">
        <Select
          aria-label="State"
          placeholder="Every state"
          data={DELIVERY_STATES.map((value) => ({ value, label: STATE_WORDS[value].word }))}
          value={state ?? null}
          clearable
          clearButtonProps={{ 'aria-label': 'Every state' }}
          w="11rem"
          onChange={(chosen) => look({ state: chosen ?? undefined })}
        />
        <Select
          aria-label="Type"
          placeholder="Every type"
          data={MESSAGE_TYPES.map((value) => ({ value, label: MESSAGE_WORDS[value] }))}
          value={type ?? null}
          clearable
          clearButtonProps={{ 'aria-label': 'Every type' }}
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
            <Empty title="Nothing was sent yet">
              What this endpoint is told appears here within a second, with each attempt and what came of it. Send a
              test, and see whether your back end takes it.
            </Empty>
          ) : (
            <Empty
              title="None of that kind"
              action={
                <Button variant="default" onClick={() => look({ state: undefined, type: undefined })}>
                  Show all
                </Button>
              }
            >
              Take a filter away to see the others.
            </Empty>
          )
        }
      />
    </Section>
  )
}

const COLUMNS: readonly Column<Delivery>[] = [
  { title: 'When', sort: 'createdAt', cell: ({ createdAt }) => <Time at={createdAt} /> },
  {
    title: 'What',
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
    cell: ({ state, dueAt, tries }) => (
      <Stack gap={2} align="flex-start">
        <Badge color={STATE_WORDS[state].colour}>{STATE_WORDS[state].word}</Badge>
        {dueAt !== null && tries > 0 && (
          <Text size="xs">
            again <Time at={dueAt} />
          </Text>
        )}
      </Stack>
    ),
  },
  { title: 'Tried', cell: ({ tries }) => (tries === 0 ? 'not yet' : `${tries}×`) },
  {
    title: 'The last time',
    cell: ({ attempts }) => {
      const last = attempts.at(-1)
      return (
        <Text size="sm" miw="12rem">
          {last === undefined ? '' : attemptInWords(last)}
        </Text>
      )
    },
  },
]
