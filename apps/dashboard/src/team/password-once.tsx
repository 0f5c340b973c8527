import { Button, Group, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { SecretOnce } from '../parts/secret-once.tsx'

interface PasswordOnceProps {
  readonly email: string
  readonly password: string
  readonly onClose: () => void
}

/** A generated password, shown once. */
export function PasswordOnce({ email, password, onClose }: PasswordOnceProps): ReactNode {
  return (
    <Stack gap="md">
      <SecretOnce
        what="password"
        lines={password}
        advice="Send it to them over a private channel. They can change it on their account page."
      />
      <Text size="sm">
        They log in as <span className="value">{email}</span>.
      </Text>
      <Group justify="flex-end">
        <Button onClick={onClose}>Done</Button>
      </Group>
    </Stack>
  )
}
