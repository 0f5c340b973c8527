import { Navigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Failure, Loading } from '../parts/states.tsx'
import { useMay } from '../platform/me.tsx'
import { useAnswer } from '../platform/use-answer.ts'

/** Redirects to the live page of the newest API key, or to the first steps if there is none. */
export function Home(): ReactNode {
  const keys = useAnswer('/api/v1/keys', [{ params: { query: { limit: 1, sort: '-createdAt' } } }])
  const mayCreateKeys = useMay('keys:write')
  if (keys.error !== null) return <Failure error={keys.error} retry={() => void keys.refetch()} />
  if (keys.data === undefined) return <Loading />
  const [newest] = keys.data.items
  if (newest !== undefined) return <Navigate to="/keys/$key/live" params={{ key: newest.apiKey }} replace />
  return <Navigate to={mayCreateKeys ? '/start' : '/keys'} replace />
}
