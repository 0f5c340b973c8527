import type { ReactNode } from 'react'
import { useAnswer } from '../platform/use-answer.ts'

const NAME_STALE_MS = 60_000

/** The name of an API key, or the key itself if it cannot be read. */
export function KeyName({ apiKey }: { readonly apiKey: string }): ReactNode {
  const { data } = useAnswer('/api/v1/keys/{key}', [{ params: { path: { key: apiKey } } }], {
    staleTime: NAME_STALE_MS,
  })
  return data?.name ?? <span className="value">{apiKey}</span>
}
