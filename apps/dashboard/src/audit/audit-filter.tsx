import { Group, Select } from '@mantine/core'
import type { ReactNode } from 'react'
import { SearchField } from '../parts/search-field.tsx'
import { ACTION_GROUPS } from './action-in-words.ts'

interface Asked {
  readonly action?: string | undefined
  readonly actor?: string | undefined
  readonly subject?: string | undefined
}

interface AuditFilterProps {
  readonly asked: Asked
  readonly onAsk: (part: Asked) => void
}

export function AuditFilter({ asked, onAsk }: AuditFilterProps): ReactNode {
  return (
    <Group gap="sm">
      <Select
        aria-label="What was done"
        placeholder="Everything"
        data={ACTION_GROUPS}
        value={asked.action ?? null}
        clearable
        clearButtonProps={{ 'aria-label': 'Everything' }}
        onChange={(action) => onAsk({ action: action ?? undefined })}
      />
      <SearchField label="By whom: email address" value={asked.actor ?? ''} onSearch={(actor) => onAsk({ actor })} />
      <SearchField label="To what: id or name" value={asked.subject ?? ''} onSearch={(subject) => onAsk({ subject })} />
    </Group>
  )
}
