import { Button, Stack } from '@mantine/core'
import { IconLogout } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { AccessInWords } from '../parts/access-in-words.tsx'
import { Page } from '../parts/page.tsx'
import { useMe } from '../platform/me.tsx'
import { AccessTokens } from './access-tokens.tsx'
import { ChangePassword } from './change-password.tsx'
import { useLogOut } from './use-log-out.ts'

/** The account that is logged in: password and personal access tokens. */
export function AccountPage(): ReactNode {
  const me = useMe()
  const logOut = useLogOut()
  return (
    <Page
      title={me.name}
      lead={me.email}
      actions={
        <Button
          variant="default"
          leftSection={<IconLogout size={16} aria-hidden />}
          loading={logOut.isPending}
          onClick={() => logOut.mutate(undefined)}
        >
          Log out
        </Button>
      }
    >
      <AccessInWords access={me} />
      <Stack gap="xl">
        <AccessTokens />
        <ChangePassword />
      </Stack>
    </Page>
  )
}
