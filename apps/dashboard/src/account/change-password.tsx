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

/** Changes one's own password. */
export function ChangePassword(): ReactNode {
  const { email } = useMe()
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { password: '', newPassword: '', endTokens: true },
    validate: {
      password: (value) => (value === '' ? 'The password of now.' : null),
      newPassword: (value) =>
        value.length < MIN_PASSWORD_LENGTH ? `${MIN_PASSWORD_LENGTH} characters or more: a sentence does well.` : null,
    },
  })
  const change = useChange((body: typeof form.values) => admin.post('/api/v1/me/password', { body }), {
    touches: ['/api/v1/me/tokens'],
    done: 'Your password is changed. Wherever else you were logged in, you are not any more.',
    sayFailure: false,
  })
  return (
    <Section title="Password" lead="Changing it ends every other login of yours.">
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
          {/* For whatever keeps the passwords of this browser: whose it is. */}
          <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
          <PasswordInput
            label="Present password"
            autoComplete="current-password"
            key={form.key('password')}
            {...form.getInputProps('password')}
          />
          <PasswordInput
            label="New password"
            description={`${MIN_PASSWORD_LENGTH} characters or more: a sentence does well.`}
            autoComplete="new-password"
            key={form.key('newPassword')}
            {...form.getInputProps('newPassword')}
          />
          <Checkbox
            label="End my personal access tokens too"
            description="Do so if anyone else may have known your password: they may have created some."
            key={form.key('endTokens')}
            {...form.getInputProps('endTokens', { type: 'checkbox' })}
          />
          <FormError error={change.error} />
          <Group>
            <Button type="submit" loading={change.isPending}>
              Change the password
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  )
}
