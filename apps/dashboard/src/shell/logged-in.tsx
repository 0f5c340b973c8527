import { Center, Loader } from '@mantine/core'
import { Navigate, useRouterState } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Failure } from '../parts/states.tsx'
import { MeProvider } from '../platform/me.tsx'
import { isLoggedOut, ME } from '../platform/questions.ts'
import { useAnswer } from '../platform/use-answer.ts'
import { Shell } from './shell.tsx'

/** Every page but those of entering: for whoever is logged in; the others are asked to, and come back here. */
export function LoggedIn(): ReactNode {
  const me = useAnswer(ME, [])
  const href = useRouterState({ select: ({ location }) => location.href })
  if (isLoggedOut(me.error)) return <Navigate to="/login" search={href === '/' ? {} : { next: href }} replace />
  if (me.data !== undefined) {
    return (
      <MeProvider value={me.data}>
        <Shell />
      </MeProvider>
    )
  }
  return (
    <Center mih="100dvh" p="md">
      {me.error === null ? (
        <Loader aria-label="Loading" />
      ) : (
        <Failure error={me.error} retry={() => void me.refetch()} />
      )}
    </Center>
  )
}
