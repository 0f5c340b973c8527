import { Modal, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { ReactNode } from 'react'
import { FormEnd } from '../parts/form-end.tsx'
import { ACCOUNT_PATHS } from '../platform/account.ts'
import { admin } from '../platform/admin.ts'
import { fieldErrorsOf } from '../platform/describe-error.ts'
import { useChange } from '../platform/use-change.ts'
import { AccessFields } from './access-fields.tsx'
import { type AccessForm, bodyOf, missingIn, NO_ACCESS } from './access-form.ts'
import { generatePassword } from './generate-password.ts'
import { PasswordOnce } from './password-once.tsx'

interface NewAccountForm extends AccessForm {
  readonly email: string
}

/** Creates an account with a generated password, which is shown once. */
export function NewAccount({ onClose }: { readonly onClose: () => void }): ReactNode {
  const form = useForm<NewAccountForm>({
    initialValues: { ...NO_ACCESS, email: '' },
    validate: (values) => ({
      ...missingIn(values),
      ...(!/.@./.test(values.email) && { email: 'Enter an email address.' }),
    }),
  })
  const create = useChange(
    async (values: NewAccountForm) => {
      const password = generatePassword()
      const body = { ...bodyOf(values), email: values.email.trim(), password }
      const { email, name } = await admin.post('/api/v1/accounts', { body })
      return { email, name, password }
    },
    { touches: ACCOUNT_PATHS, sayFailure: false },
  )
  return (
    <Modal
      opened
      size="lg"
      title={create.data === undefined ? 'New account' : `Password of ${create.data.name}`}
      onClose={onClose}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {create.data === undefined ? (
        <form
          noValidate
          onSubmit={form.onSubmit((values) =>
            create.mutateAsync(values).then(
              () => {},
              (error) => form.setErrors(fieldErrorsOf(error)),
            ),
          )}
        >
          <Stack gap="md">
            <TextInput label="Name" maxLength={100} autoComplete="off" data-autofocus {...form.getInputProps('name')} />
            <TextInput
              label="Email address"
              description="They log in with it. No email is sent."
              type="email"
              maxLength={254}
              autoComplete="off"
              {...form.getInputProps('email')}
            />
            <AccessFields
              value={form.values}
              error={form.errors['grants']}
              onChange={(change) => form.setValues(change)}
            />
            <Text size="sm" c="dimmed">
              A password is generated and shown to you once, to hand over.
            </Text>
            <FormEnd
              error={create.error}
              fields={Object.keys(form.values)}
              action="Create"
              isBusy={create.isPending}
              onCancel={onClose}
            />
          </Stack>
        </form>
      ) : (
        <PasswordOnce email={create.data.email} password={create.data.password} onClose={onClose} />
      )}
    </Modal>
  )
}
