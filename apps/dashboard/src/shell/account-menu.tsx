import { Avatar, Menu, Text, UnstyledButton } from '@mantine/core'
import { IconBook, IconLogout, IconUser } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { admin } from '../platform/admin.ts'
import { useMe } from '../platform/me.tsx'
import { useChange } from '../platform/use-change.ts'

export function AccountMenu(): ReactNode {
  const me = useMe()
  const navigate = useNavigate()
  const questions = useQueryClient()
  const logOut = useChange(async () => {
    await admin.post('/api/v1/logout')
    await navigate({ to: '/login' })
    // Nothing of what one has seen stays for whoever logs in next.
    questions.clear()
  })
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <UnstyledButton aria-label={`Account of ${me.name}`}>
          <Avatar name={me.name} color="initials" radius="xl" size={36} alt="" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="sm" fw={600} truncate c="var(--mantine-color-text)">
            {me.name}
          </Text>
          <Text size="xs" truncate>
            {me.email} · {me.role ?? 'some API keys'}
          </Text>
        </Menu.Label>
        <Menu.Divider />
        <Menu.Item leftSection={<IconUser size={16} />} component={Link} to="/account">
          Password and access tokens
        </Menu.Item>
        <Menu.Item leftSection={<IconBook size={16} />} component="a" href="/api/v1/">
          The API
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => logOut.mutate()}>
          Log out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
