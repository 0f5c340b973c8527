import type { InitArgument } from '@stagedoor/admin'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { admin } from '../platform/admin.ts'
import { LiveEffect } from './live-effect.tsx'
import { Failure, Loading } from './states.tsx'

const PATH = '/api/v1/keys/{key}/revocations/preview'

/** A revocation as the API takes it. */
export type RevocationBody = InitArgument<typeof PATH, 'post'>[0]['body']

interface RevocationEffectProps {
  readonly apiKey: string
  readonly revocation: RevocationBody
}

/** How many live sessions a revocation would end, including those that were renewed with another token since. */
export function RevocationEffect({ apiKey, revocation }: RevocationEffectProps): ReactNode {
  const preview = useQuery({
    queryKey: [PATH, apiKey, revocation],
    queryFn: () => admin.post(PATH, { params: { path: { key: apiKey } }, body: revocation }),
  })
  if (preview.error !== null) return <Failure error={preview.error} />
  if (preview.data === undefined) return <Loading lines={1} />
  return <LiveEffect {...preview.data} />
}
