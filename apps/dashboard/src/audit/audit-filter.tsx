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
        aria-label="Action"
        placeholder="All actions"
        data={ACTION_GROUPS}
        value={asked.action ?? null}
        clearable
        clearButtonProps={{ 'aria-label': 'All actions' }}
        onChange={(action) => onAsk({ action: action ?? undefined })}
      />
      <SearchField
        label="Filter by actor (email address)"
        value={asked.actor ?? ''}
        onSearch={(actor) => onAsk({ actor })}
      />
      <SearchField
        label="Filter by subject (id or name)"
        value={asked.subject ?? ''}
        onSearch={(subject) => onAsk({ subject })}
      />
    </Group>
  )
}
