import { useDebouncedValue } from '@mantine/hooks'
import type { components } from '@stagedoor/admin'
import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query'
import { admin } from '../platform/admin.ts'

const DELAY_MS = 300
const NOTHING = '{}'

/**
 * Asks the platform for a changed policy in words, and for its effect on live sessions.
 *
 * @param change as the API takes it; an empty one is not sent.
 */
export function usePreview(
  apiKey: string,
  change: Readonly<Record<string, unknown>>,
): UseQueryResult<components['schemas']['PolicyPreview'] | null, Error> {
  const [asked] = useDebouncedValue(JSON.stringify(change), DELAY_MS)
  const isAsked = asked !== NOTHING && Object.keys(change).length > 0
  return useQuery({
    queryKey: ['/api/v1/keys/{key}/policy/preview', apiKey, isAsked ? asked : NOTHING],
    queryFn: () =>
      isAsked
        ? admin.post('/api/v1/keys/{key}/policy/preview', {
            params: { path: { key: apiKey } },
            body: { policy: JSON.parse(asked) },
          })
        : null,
    ...(isAsked && { placeholderData: keepPreviousData<components['schemas']['PolicyPreview'] | null> }),
    retry: false,
  })
}
