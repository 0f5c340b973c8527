import { ActionIcon, Tooltip, useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { IconMoon, IconSun } from '@tabler/icons-react'
import type { ReactNode } from 'react'

/** Switches between light and dark mode. Until it is used, the page follows the system. */
export function ThemeSwitch(): ReactNode {
  const { setColorScheme } = useMantineColorScheme()
  const isDark = useComputedColorScheme('light') === 'dark'
  const words = isDark ? 'Switch to light mode' : 'Switch to dark mode'
  return (
    <Tooltip label={words}>
      <ActionIcon
        variant="default"
        size="lg"
        aria-label={words}
        onClick={() => setColorScheme(isDark ? 'light' : 'dark')}
      >
        {isDark ? <IconSun size={18} /> : <IconMoon size={18} />}
      </ActionIcon>
    </Tooltip>
  )
}
