import { Button, Checkbox, Group, Modal, Stack, Text } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { FormError } from '../parts/form-end.tsx'
import { ACCOUNT_PATHS, type Account } from '../platform/account.ts'
import { admin } from '../platform/admin.ts'
import { useChange } from '../platform/use-change.ts'
import { generatePassword } from './draw-password.ts'
import { PasswordOnce } from './password-once.tsx'

interface ResetPasswordProps {
  readonly account: Account
  readonly onClose: () => void
}

/** Gives another password to somebody who has forgotten theirs. */
export function ResetPassword({ account, onClose }: ResetPasswordProps): ReactNode {
  const { accountId, name, email } = account
  const [endTokens, setEndTokens] = useState(true)
  const reset = useChange(
    async () => {
      const password = generatePassword()
      const body = { password, endTokens }
      await admin.patch('/api/v1/accounts/{accountId}', { params: { path: { accountId } }, body })
      return password
    },
    { touches: ACCOUNT_PATHS, sayFailure: false },
  )
  return (
    <Modal
      opened
      size="lg"
      title={reset.data === undefined ? `Another password for ${name}?` : `The password of ${name}`}
      onClose={onClose}
      closeOnClickOutside={reset.data === undefined}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {reset.data === undefined ? (
        <Stack gap="md">
          <Text>The present password of {name} stops working, and every login of the account ends at once.</Text>
          <Checkbox
            label="End their personal access tokens too"
            description="Programs that use one are refused from then on."
            checked={endTokens}
            onChange={(event) => setEndTokens(event.currentTarget.checked)}
          />
          <FormError error={reset.error} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button color="red.8" loading={reset.isPending} onClick={() => reset.mutate(undefined)}>
              Draw another password
            </Button>
          </Group>
        </Stack>
      ) : (
        <PasswordOnce email={email} password={reset.data} onClose={onClose} />
      )}
    </Modal>
  )
}
