import { TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'

const DELAY_MS = 250

interface SearchFieldProps {
  readonly label: string
  readonly value: string
  /** Called when typing pauses; `undefined` if the field is empty. */
  readonly onSearch: (text: string | undefined) => void
}

/** A field that searches a list in the API. */
export function SearchField({ label, value, onSearch }: SearchFieldProps): ReactNode {
  const [written, setWritten] = useState(value)
  const search = useDebouncedCallback((text: string) => onSearch(text.trim() || undefined), DELAY_MS)
  return (
    <TextInput
      type="search"
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch size={16} aria-hidden />}
      w={{ base: '100%', xs: '18rem' }}
      maxLength={256}
      value={written}
      onChange={(event) => {
        setWritten(event.currentTarget.value)
        search(event.currentTarget.value)
      }}
    />
  )
}
