import { Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { Confirm } from '../parts/confirm.tsx'
import { admin } from '../platform/admin.ts'
import { useChange } from '../platform/use-change.ts'
import { REVOCATION_PATHS } from './revocation.ts'

interface LiftBanProps {
  readonly apiKey: string
  readonly userId: string
  readonly onClose: () => void
}

/** Ends the ban of a user early. */
export function LiftBan({ apiKey, userId, onClose }: LiftBanProps): ReactNode {
  const lift = useChange(
    () => admin.delete('/api/v1/keys/{key}/bans/{userId}', { params: { path: { key: apiKey, userId } } }),
    { touches: REVOCATION_PATHS, done: `Ban of ${userId} lifted.`, sayFailure: false },
  )
  return (
    <Confirm
      title={`Lift the ban of ${userId}?`}
      action="Lift ban"
      onConfirm={() => lift.mutateAsync(undefined)}
      onClose={onClose}
    >
      <Text size="sm">They can register again with a valid token at once. Tokens that were revoked stay revoked.</Text>
    </Confirm>
  )
}
