import { ActionIcon, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import type { ReactNode } from 'react'

interface MoreMenuProps {
  /** The name of what the actions are for. */
  readonly of: string
  /** The `Menu.Item`s. */
  readonly children: ReactNode
}

/** The menu of actions of one row. */
export function MoreMenu({ of, children }: MoreMenuProps): ReactNode {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={`Actions for ${of}`}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  )
}
