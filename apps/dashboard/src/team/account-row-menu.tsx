import { Menu, Text } from '@mantine/core'
import { IconLock, IconPencil, IconTrash } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { Confirm } from '../parts/confirm.tsx'
import { MoreMenu } from '../parts/more-menu.tsx'
import { ACCOUNT_PATHS, type Account } from '../platform/account.ts'
import { admin } from '../platform/admin.ts'
import { useMay, useMe } from '../platform/me.tsx'
import { useChange } from '../platform/use-change.ts'
import { EditAccount } from './edit-account.tsx'
import { ResetPassword } from './reset-password.tsx'

/** What can be done with an account. */
export function AccountRowMenu({ account }: { readonly account: Account }): ReactNode {
  const { accountId, name } = account
  const [dialog, setDialog] = useState<'edit' | 'password' | 'delete'>()
  const isOneself = useMe().accountId === accountId
  const remove = useChange(() => admin.delete('/api/v1/accounts/{accountId}', { params: { path: { accountId } } }), {
    touches: ACCOUNT_PATHS,
    done: `The account of ${name} is deleted.`,
    sayFailure: false,
  })
  if (!useMay('accounts:write')) return null
  const close = () => setDialog(undefined)
  return (
    <>
      <MoreMenu of={name}>
        <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => setDialog('edit')}>
          Change what they may do
        </Menu.Item>
        {/* One’s own is changed on the page of one’s account, by who knows it. */}
        {!isOneself && (
          <Menu.Item leftSection={<IconLock size={16} />} onClick={() => setDialog('password')}>
            Another password
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconTrash size={16} />} onClick={() => setDialog('delete')}>
          Delete
        </Menu.Item>
      </MoreMenu>
      {dialog === 'edit' && <EditAccount account={account} onClose={close} />}
      {dialog === 'password' && <ResetPassword account={account} onClose={close} />}
      {dialog === 'delete' && (
        <Confirm
          title={`Delete the account of ${name}?`}
          action="Delete it for good"
          onConfirm={() => remove.mutateAsync(undefined)}
          onClose={close}
        >
          <Text>
            {isOneself ? 'This is your own: you are logged out at once. ' : ''}
            Its logins end, and every program that has an access token of it is turned away. What {name} did stays in
            the audit trail.
          </Text>
        </Confirm>
      )}
    </>
  )
}
