import { Avatar, Menu, Text, UnstyledButton } from '@mantine/core'
import { IconBook, IconLogout, IconUser } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useLogOut } from '../account/use-log-out.ts'
import { useMe } from '../platform/me.tsx'
import { BASE_PATH } from '../platform/platform-url.ts'

export function AccountMenu(): ReactNode {
  const me = useMe()
  const logOut = useLogOut()
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <UnstyledButton aria-label={`Account of ${me.name}`}>
          <Avatar radius="xl" size={36} alt="">
            <IconUser size={20} aria-hidden />
          </Avatar>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="sm" fw={600} truncate c="var(--mantine-color-text)">
            {me.name}
          </Text>
          <Text size="xs" truncate>
            {me.email} · {me.role ?? 'Selected API keys'}
          </Text>
        </Menu.Label>
        <Menu.Divider />
        <Menu.Item leftSection={<IconUser size={16} />} component={Link} to="/account">
          Account and access tokens
        </Menu.Item>
        <Menu.Item leftSection={<IconBook size={16} />} component="a" href={`${BASE_PATH}/api/v1/`}>
          API reference
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => logOut.mutate(undefined)}>
          Log out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
