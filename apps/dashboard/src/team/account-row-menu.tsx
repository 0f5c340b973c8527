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

/** The actions of an account. */
export function AccountRowMenu({ account }: { readonly account: Account }): ReactNode {
  const { accountId, name } = account
  const [dialog, setDialog] = useState<'edit' | 'password' | 'delete'>()
  const isOneself = useMe().accountId === accountId
  const remove = useChange(() => admin.delete('/api/v1/accounts/{accountId}', { params: { path: { accountId } } }), {
    touches: ACCOUNT_PATHS,
    done: `Account of ${name} deleted.`,
    sayFailure: false,
  })
  if (!useMay('accounts:write')) return null
  const close = () => setDialog(undefined)
  return (
    <>
      <MoreMenu of={name}>
        <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => setDialog('edit')}>
          Edit
        </Menu.Item>
        {/* Your own password is changed on the account page, which asks for the current one. */}
        {!isOneself && (
          <Menu.Item leftSection={<IconLock size={16} />} onClick={() => setDialog('password')}>
            Reset password
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
          action="Delete"
          onConfirm={() => remove.mutateAsync(undefined)}
          onClose={close}
        >
          <Text>
            {isOneself ? 'This is your own account: you will be logged out. ' : ''}
            Its logins and access tokens stop working. The audit log keeps what {name} did. This cannot be undone.
          </Text>
        </Confirm>
      )}
    </>
  )
}
