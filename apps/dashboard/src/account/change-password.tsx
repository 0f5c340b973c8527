import { Button, Checkbox, Group, PasswordInput, Stack } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { ReactNode } from 'react'
import { FormError } from '../parts/form-end.tsx'
import { Section } from '../parts/page.tsx'
import { admin } from '../platform/admin.ts'
import { fieldErrorsOf } from '../platform/describe-error.ts'
import { useMe } from '../platform/me.tsx'
import { useChange } from '../platform/use-change.ts'

const MIN_PASSWORD_LENGTH = 15

/** Changes the password of the account that is logged in. */
export function ChangePassword(): ReactNode {
  const { email } = useMe()
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { password: '', newPassword: '', endTokens: true },
    validate: {
      password: (value) => (value === '' ? 'Enter your current password.' : null),
      newPassword: (value) =>
        value.length < MIN_PASSWORD_LENGTH
          ? `Use at least ${MIN_PASSWORD_LENGTH} characters. A sentence works well.`
          : null,
    },
  })
  const change = useChange((body: typeof form.values) => admin.post('/api/v1/me/password', { body }), {
    touches: ['/api/v1/me/tokens'],
    done: 'Password changed. Your other logins have ended.',
    sayFailure: false,
  })
  return (
    <Section title="Password" lead="Changing your password ends your other logins.">
      <form
        noValidate
        onSubmit={form.onSubmit((values) =>
          change.mutateAsync(values).then(
            () => form.reset(),
            (error) => form.setErrors(fieldErrorsOf(error)),
          ),
        )}
      >
        <Stack gap="md" maw="26rem">
          {/* Tells a password manager which account the password belongs to. */}
          <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
          <PasswordInput
            label="Current password"
            autoComplete="current-password"
            key={form.key('password')}
            {...form.getInputProps('password')}
          />
          <PasswordInput
            label="New password"
            description={`At least ${MIN_PASSWORD_LENGTH} characters. A sentence works well.`}
            autoComplete="new-password"
            key={form.key('newPassword')}
            {...form.getInputProps('newPassword')}
          />
          <Checkbox
            label="Delete my personal access tokens too"
            description="Do this if someone else may have known your password: they could have created tokens."
            key={form.key('endTokens')}
            {...form.getInputProps('endTokens', { type: 'checkbox' })}
          />
          <FormError error={change.error} fields={['password', 'newPassword']} />
          <Group>
            <Button type="submit" loading={change.isPending}>
              Change password
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  )
}
