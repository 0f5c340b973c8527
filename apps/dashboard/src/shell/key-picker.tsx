import { useNavigate, useRouterState } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { ApiKeySelect } from '../parts/api-key-select.tsx'
import { samePageOf } from './same-page-of.ts'

interface KeyPickerProps {
  readonly current: string | undefined
}

/** Switches between API keys, staying on the same kind of page. */
export function KeyPicker({ current }: KeyPickerProps): ReactNode {
  const navigate = useNavigate()
  const pathname = useRouterState({ select: ({ location }) => location.pathname })
  return (
    <ApiKeySelect
      aria-label="API key"
      placeholder="Choose an API key"
      value={current}
      onChange={(key) => key !== undefined && void navigate({ href: samePageOf(pathname, key) })}
    />
  )
}
