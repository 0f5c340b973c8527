import { Navigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Failure, Loading } from '../parts/states.tsx'
import { useMay } from '../platform/me.tsx'
import { useAnswer } from '../platform/use-answer.ts'

/** Leads to where there is something to see: the newest API key's live page, or how to make one. */
export function Home(): ReactNode {
  const keys = useAnswer('/api/v1/keys', [{ params: { query: { limit: 1, sort: '-createdAt' } } }])
  const mayMakeKeys = useMay('keys:write')
  if (keys.error !== null) return <Failure error={keys.error} retry={() => void keys.refetch()} />
  if (keys.data === undefined) return <Loading />
  const [newest] = keys.data.items
  if (newest !== undefined) return <Navigate to="/keys/$key/live" params={{ key: newest.apiKey }} replace />
  return <Navigate to={mayMakeKeys ? '/start' : '/keys'} replace />
}
