import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useNavigate, useRouterState } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useAnswer } from '../platform/use-answer.ts'
import { usePages } from '../platform/use-pages.ts'
import { samePageOf } from './same-page-of.ts'

const SEARCH_DELAY_MS = 200

interface KeyPickerProps {
  readonly current: string | undefined
}

/** Which API key one looks at. Another one is looked at on the same page. */
export function KeyPicker({ current }: KeyPickerProps): ReactNode {
  const navigate = useNavigate()
  const pathname = useRouterState({ select: ({ location }) => location.pathname })
  const [search, setSearch] = useState('')
  const [asked] = useDebouncedValue(search, SEARCH_DELAY_MS)
  const { items = [] } = usePages('/api/v1/keys', [
    { params: { query: { limit: 50, ...(asked && { search: asked }) } } },
  ])
  const chosen = useAnswer('/api/v1/keys/{key}', [{ params: { path: { key: current ?? '' } } }], {
    enabled: current !== undefined,
  })
  const known = new Map(items.map(({ apiKey, name }) => [apiKey, name]))
  if (chosen.data !== undefined) known.set(chosen.data.apiKey, chosen.data.name)
  return (
    <Select
      aria-label="API key"
      placeholder="Choose an API key"
      data={[...known].map(([value, label]) => ({ value, label }))}
      value={current ?? null}
      searchable
      onSearchChange={(written) => setSearch(written === chosen.data?.name ? '' : written)}
      nothingFoundMessage="No API key of that name"
      allowDeselect={false}
      onChange={(key) => key !== null && void navigate({ href: samePageOf(pathname, key) })}
    />
  )
}
