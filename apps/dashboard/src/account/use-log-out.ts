import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { admin } from '../platform/admin.ts'
import { forgetKey } from '../platform/current-key.ts'
import { useChange } from '../platform/use-change.ts'

/** Ends this browser's login. */
export function useLogOut() {
  const navigate = useNavigate()
  const questions = useQueryClient()
  return useChange(async () => {
    await admin.post('/api/v1/logout')
    forgetKey()
    await navigate({ to: '/login' })
    // The next person to log in must not see cached data of the previous one.
    questions.clear()
  })
}
