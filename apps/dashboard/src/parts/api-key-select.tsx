import { Select, type SelectProps } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { type ReactNode, useState } from 'react'
import { useAnswer } from '../platform/use-answer.ts'
import { usePages } from '../platform/use-pages.ts'

const SEARCH_DELAY_MS = 200

interface ApiKeySelectProps
  extends Pick<
    SelectProps,
    'aria-label' | 'label' | 'description' | 'placeholder' | 'error' | 'clearable' | 'clearButtonProps' | 'flex' | 'miw'
  > {
  readonly value: string | undefined
  readonly onChange: (apiKey: string | undefined) => void
}

/** Chooses an API key, with a search by name. */
export function ApiKeySelect({ value, onChange, clearable = false, ...props }: ApiKeySelectProps): ReactNode {
  const [search, setSearch] = useState('')
  const [asked] = useDebouncedValue(search, SEARCH_DELAY_MS)
  const { items = [] } = usePages('/api/v1/keys', [
    { params: { query: { limit: 50, ...(asked && { search: asked }) } } },
  ])
  const chosen = useAnswer('/api/v1/keys/{key}', [{ params: { path: { key: value ?? '' } } }], {
    enabled: value !== undefined,
  })
  const known = new Map(items.map(({ apiKey, name }) => [apiKey, name]))
  if (chosen.data !== undefined) known.set(chosen.data.apiKey, chosen.data.name)
  return (
    <Select
      {...props}
      data={[...known].map(([key, label]) => ({ value: key, label }))}
      value={value ?? null}
      searchable
      onSearchChange={(written) => setSearch(written === chosen.data?.name ? '' : written)}
      nothingFoundMessage="No matching API keys"
      clearable={clearable}
      allowDeselect={clearable}
      onChange={(key) => onChange(key ?? undefined)}
    />
  )
}
