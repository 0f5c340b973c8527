import { Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { FormError } from '../parts/form-end.tsx'
import { admin } from '../platform/admin.ts'
import { useChange } from '../platform/use-change.ts'
import { EnterFrame } from './enter-frame.tsx'

interface LogInProps {
  /** Where to go after the login: a path of the dashboard. */
  readonly next: string | undefined
}

export function LogIn({ next }: LogInProps): ReactNode {
  const navigate = useNavigate()
  const questions = useQueryClient()
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { email: '', password: '' },
    validate: {
      email: (value) => (value.includes('@') ? null : 'Enter your email address.'),
      password: (value) => (value === '' ? 'Enter your password.' : null),
    },
  })
  const logIn = useChange((body: { email: string; password: string }) => admin.post('/api/v1/login', { body }), {
    sayFailure: false,
  })
  return (
    <EnterFrame title="Log in" lead="Use the account that an owner of this platform created for you.">
      <form
        noValidate
        onSubmit={form.onSubmit(async (values) => {
          await logIn.mutateAsync(values).then(
            () => {
              // Data cached under an earlier login must not show up under this one.
              questions.clear()
              return navigate({ href: next ?? '/' })
            },
            () => form.setFieldValue('password', ''),
          )
        })}
      >
        <Stack gap="md">
          <TextInput
            label="Email address"
            type="email"
            autoComplete="username"
            autoFocus
            key={form.key('email')}
            {...form.getInputProps('email')}
          />
          <PasswordInput
            label="Password"
            autoComplete="current-password"
            key={form.key('password')}
            {...form.getInputProps('password')}
          />
          <FormError error={logIn.error} />
          <Button type="submit" loading={logIn.isPending}>
            Log in
          </Button>
        </Stack>
      </form>
    </EnterFrame>
  )
}
