import { AppShell, Burger, Group, ScrollArea, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { Link, Outlet, useParams, useRouterState } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import icon from '../icon.svg'
import { AccountMenu } from './account-menu.tsx'
import { KeyPicker } from './key-picker.tsx'
import { Navigation } from './navigation.tsx'
import { ThemeSwitch } from './theme-switch.tsx'
import { useFocusBack } from './use-focus-back.ts'

/** What stands around every page: where one is, where one can go, and who one is. */
export function Shell(): ReactNode {
  const [isOpen, { toggle, close }] = useDisclosure()
  const pathname = useRouterState({ select: ({ location }) => location.pathname })
  const { key } = useParams({ strict: false })
  // On a page of the whole platform, the way back leads to the API key that one came from.
  const [lastKey, setLastKey] = useState(key)
  useEffect(() => {
    if (key !== undefined) setLastKey(key)
  }, [key])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the menu closes whenever one arrives somewhere
  useEffect(close, [pathname])

  const page = useRef<HTMLDivElement>(null)
  useFocusBack(page)

  const current = key ?? lastKey
  return (
    <AppShell
      ref={page}
      header={{ height: 56 }}
      navbar={{ width: 240, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
      padding={{ base: 'md', sm: 'xl' }}
    >
      <a href="#content" className="skip-link">
        Skip to the page
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
        <Outlet />
      </AppShell.Main>
    </AppShell>
  )
}
