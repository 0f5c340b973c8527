import { AppShell, Burger, Group, ScrollArea, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { Link, Outlet, useParams, useRouterState } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef } from 'react'
import icon from '../icon.svg'
import { useCurrentKey } from '../platform/current-key.ts'
import { AccountMenu } from './account-menu.tsx'
import { Breadcrumb } from './breadcrumb.tsx'
import { KeyPicker } from './key-picker.tsx'
import { Navigation } from './navigation.tsx'
import { ThemeSwitch } from './theme-switch.tsx'
import { useFocusBack } from './use-focus-back.ts'

/** The frame of every page: header, navigation and breadcrumb. */
export function Shell(): ReactNode {
  const [isOpen, { toggle, close }] = useDisclosure()
  const pathname = useRouterState({ select: ({ location }) => location.pathname })
  const { key } = useParams({ strict: false })
  const current = useCurrentKey(key)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the menu closes on every navigation
  useEffect(close, [pathname])

  const page = useRef<HTMLDivElement>(null)
  useFocusBack(page)

  return (
    <AppShell
      ref={page}
      header={{ height: 56 }}
      navbar={{ width: 240, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
      padding={{ base: 'md', sm: 'xl' }}
    >
      <a href="#content" className="skip-link">
        Skip to content
      </a>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger
              opened={isOpen}
              onClick={toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label="Menu"
              aria-expanded={isOpen}
            />
            <Text component={Link} to="/" fw={700} c="var(--mantine-color-text)" td="none">
              <Group gap="xs" wrap="nowrap">
                <img src={icon} alt="" width={24} height={24} />
                Stagedoor
              </Group>
            </Text>
          </Group>
          <Group gap="xs" wrap="nowrap">
            <ThemeSwitch />
            <AccountMenu />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" aria-label="Pages">
        <AppShell.Section mb="sm">
          <KeyPicker current={current} />
        </AppShell.Section>
        <AppShell.Section grow component={ScrollArea}>
          <Navigation apiKey={current} />
        </AppShell.Section>
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        <Breadcrumb />
        <Outlet />
      </AppShell.Main>
    </AppShell>
  )
}
