import { Alert, Modal, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { ReactNode } from 'react'
import { FormEnd } from '../parts/form-end.tsx'
import { ACCOUNT_PATHS, type Account } from '../platform/account.ts'
import { admin } from '../platform/admin.ts'
import { fieldErrorsOf } from '../platform/describe-error.ts'
import { useMe } from '../platform/me.tsx'
import { useChange } from '../platform/use-change.ts'
import { AccessFields } from './access-fields.tsx'
import { type AccessForm, bodyOf, formOf, missingIn } from './access-form.ts'

interface EditAccountProps {
  readonly account: Account
  readonly onClose: () => void
}

/** Edits the name and the access of an account. */
export function EditAccount({ account, onClose }: EditAccountProps): ReactNode {
  const { accountId, name } = account
  const me = useMe()
  const form = useForm<AccessForm>({ initialValues: formOf(account), validate: missingIn })
  const change = useChange(
    (values: AccessForm) =>
      admin.patch('/api/v1/accounts/{accountId}', { params: { path: { accountId } }, body: bodyOf(values) }),
    { touches: ACCOUNT_PATHS, done: `Account of ${name} saved.`, sayFailure: false },
  )
  const isOwnRole = accountId === me.accountId && form.values.role !== 'owner'
  return (
    <Modal
      opened
      size="lg"
      title={`Edit account of ${name}`}
      onClose={onClose}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form
        noValidate
        onSubmit={form.onSubmit((values) =>
          change.mutateAsync(values).then(onClose, (error) => form.setErrors(fieldErrorsOf(error))),
        )}
      >
        <Stack gap="md">
          <TextInput label="Name" maxLength={100} autoComplete="off" data-autofocus {...form.getInputProps('name')} />
          <AccessFields value={form.values} error={form.errors['grants']} onChange={(part) => form.setValues(part)} />
          {isOwnRole && (
            <Alert color="yellow" title="This is your own account">
              You can’t restore permissions that you remove here. Another owner has to.
            </Alert>
          )}
          <FormEnd
            error={change.error}
            fields={Object.keys(form.values)}
            action="Save"
            isBusy={change.isPending}
            onCancel={onClose}
          />
        </Stack>
      </form>
    </Modal>
  )
}
