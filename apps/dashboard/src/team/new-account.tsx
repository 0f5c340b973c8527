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
import { generatePassword } from './draw-password.ts'
import { PasswordOnce } from './password-once.tsx'

interface NewAccountForm extends AccessForm {
  readonly email: string
}

/** Makes an account, with a first password that is drawn here. */
export function NewAccount({ onClose }: { readonly onClose: () => void }): ReactNode {
  const form = useForm<NewAccountForm>({
    initialValues: { ...NO_ACCESS, email: '' },
    validate: (values) => ({
      ...missingIn(values),
      ...(!/.@./.test(values.email) && { email: 'An email address, to log in with.' }),
    }),
  })
  const make = useChange(
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
      title={make.data === undefined ? 'New account' : `The password of ${make.data.name}`}
      onClose={onClose}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {make.data === undefined ? (
        <form
          noValidate
          onSubmit={form.onSubmit((values) =>
            make.mutateAsync(values).then(
              () => {},
              (error) => form.setErrors(fieldErrorsOf(error)),
            ),
          )}
        >
          <Stack gap="md">
            <TextInput label="Name" maxLength={100} autoComplete="off" data-autofocus {...form.getInputProps('name')} />
            <TextInput
              label="Email address"
              description="To log in with. No mail is sent there."
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
              A first password is drawn, and shown to you this once to hand over.
            </Text>
            <FormEnd error={make.error} action="Make it" isBusy={make.isPending} onCancel={onClose} />
          </Stack>
        </form>
      ) : (
        <PasswordOnce email={make.data.email} password={make.data.password} onClose={onClose} />
      )}
    </Modal>
  )
}
