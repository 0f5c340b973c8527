import { Center, Loader } from '@mantine/core'
import { useNavigate, useRouter } from '@tanstack/react-router'
import { type ReactNode, useEffect } from 'react'
import { Failure } from '../parts/states.tsx'
import { MeProvider } from '../platform/me.tsx'
import { isLoggedOut, ME } from '../platform/questions.ts'
import { useAnswer } from '../platform/use-answer.ts'
import { Shell } from './shell.tsx'

/** Every page that needs a login. Without one it leads to the login page, and back afterwards. */
export function LoggedIn(): ReactNode {
  const me = useAnswer(ME, [])
  if (isLoggedOut(me.error)) return <ToLogIn />
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

/** Redirects to the login page, once: the current path, to return to, changes with the redirect. */
function ToLogIn(): ReactNode {
  const router = useRouter()
  const navigate = useNavigate()
  useEffect(() => {
    const { href } = router.state.location
    void navigate({ to: '/login', search: href === '/' ? {} : { next: href }, replace: true })
  }, [router, navigate])
  return null
}
