import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { LiveEffect } from '../parts/live-effect.tsx'
import { Failure, Loading } from '../parts/states.tsx'
import { admin } from '../platform/admin.ts'

interface RevocationEffectProps {
  readonly apiKey: string
  readonly keyId: string
}

/** How many sessions revoking a signing key would end, including those that were renewed with another key since. */
export function RevocationEffect({ apiKey, keyId }: RevocationEffectProps): ReactNode {
  const preview = useQuery({
    queryKey: ['/api/v1/keys/{key}/revocations/preview', apiKey, keyId],
    queryFn: () =>
      admin.post('/api/v1/keys/{key}/revocations/preview', {
        params: { path: { key: apiKey } },
        body: { kind: 'signing_key', subject: keyId },
      }),
  })
  if (preview.error !== null) return <Failure error={preview.error} />
  if (preview.data === undefined) return <Loading lines={1} />
  return <LiveEffect {...preview.data} />
}
