import type { ReactNode } from 'react'
import { useAnswer } from '../platform/use-answer.ts'

const NAME_STALE_MS = 60_000

/** What an API key is called; the key itself where it cannot be looked at. */
export function KeyName({ apiKey }: { readonly apiKey: string }): ReactNode {
  const { data } = useAnswer('/api/v1/keys/{key}', [{ params: { path: { key: apiKey } } }], {
    staleTime: NAME_STALE_MS,
  })
  return data?.name ?? <span className="value">{apiKey}</span>
}
