import { Alert, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { admin } from '../platform/admin.ts'
import { wordsOf } from '../platform/words-of.ts'

const DELAY_MS = 300

interface LiveEffectProps {
  readonly apiKey: string
  /** What would change, as the API takes it. */
  readonly change: Readonly<Record<string, unknown>>
}

/** What a change of the policy would do to the sessions that are live now, as the platform says. */
export function LiveEffect({ apiKey, change }: LiveEffectProps): ReactNode {
  const [asked] = useDebouncedValue(JSON.stringify(change), DELAY_MS)
  const preview = useQuery({
    queryKey: ['/api/v1/keys/{key}/policy/preview', apiKey, asked],
    queryFn: () =>
      admin.post('/api/v1/keys/{key}/policy/preview', {
        params: { path: { key: apiKey } },
        body: { policy: JSON.parse(asked) },
      }),
    placeholderData: keepPreviousData,
  })
  if (preview.error !== null) return <Alert color="red">{wordsOf(preview.error)}</Alert>
  if (preview.data === undefined) return null
  const { sentences, wouldEnd } = preview.data
  return (
    <Alert color={wouldEnd > 0 ? 'yellow' : 'gray'} title="To live sessions" role="status">
      {sentences.map((sentence) => (
        <Text size="sm" key={sentence}>
          {sentence}
        </Text>
      ))}
    </Alert>
  )
}
