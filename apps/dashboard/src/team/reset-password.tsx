import { Button, Checkbox, Group, Modal, Stack, Text } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { FormError } from '../parts/form-end.tsx'
import { ACCOUNT_PATHS, type Account } from '../platform/account.ts'
import { admin } from '../platform/admin.ts'
import { useChange } from '../platform/use-change.ts'
import { generatePassword } from './generate-password.ts'
import { PasswordOnce } from './password-once.tsx'

interface ResetPasswordProps {
  readonly account: Account
  readonly onClose: () => void
}

/** Replaces a forgotten password with a generated one. */
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
      title={reset.data === undefined ? `Reset the password of ${name}?` : `Password of ${name}`}
      onClose={onClose}
      closeOnClickOutside={reset.data === undefined}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {reset.data === undefined ? (
        <Stack gap="md">
          <Text>The current password stops working, and all logins of {name} end.</Text>
          <Checkbox
            label="Delete their personal access tokens too"
            description="Programs that use them are refused from then on."
            checked={endTokens}
            onChange={(event) => setEndTokens(event.currentTarget.checked)}
          />
          <FormError error={reset.error} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button color="red.8" loading={reset.isPending} onClick={() => reset.mutate(undefined)}>
              Generate a new password
            </Button>
          </Group>
        </Stack>
      ) : (
        <PasswordOnce email={email} password={reset.data} onClose={onClose} />
      )}
    </Modal>
  )
}
