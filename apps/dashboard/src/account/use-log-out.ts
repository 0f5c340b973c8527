import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { admin } from '../platform/admin.ts'
import { useChange } from '../platform/use-change.ts'

/** Ends the login of this browser. */
export function useLogOut() {
  const navigate = useNavigate()
  const questions = useQueryClient()
  return useChange(async () => {
    await admin.post('/api/v1/logout')
    await navigate({ to: '/login' })
    // Nothing of what one has seen stays for whoever logs in next.
    questions.clear()
  })
}
