import { Button, Group, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { SecretOnce } from '../parts/secret-once.tsx'

interface PasswordOnceProps {
  readonly email: string
  readonly password: string
  readonly onClose: () => void
}

/** The password that was drawn for somebody, this once. */
export function PasswordOnce({ email, password, onClose }: PasswordOnceProps): ReactNode {
  return (
    <Stack gap="md">
      <SecretOnce
        what="the password"
        lines={password}
        advice="Give it to them by a way that nobody else reads. They change it under their own account."
      />
      <Text size="sm">
        They log in with it as <span className="value">{email}</span>.
      </Text>
      <Group justify="flex-end">
        <Button onClick={onClose}>I have taken it along</Button>
      </Group>
    </Stack>
  )
}
