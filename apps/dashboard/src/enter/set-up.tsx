import { Anchor, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { Link, useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { FormError } from '../parts/form-end.tsx'
import { admin } from '../platform/admin.ts'
import { fieldErrorsOf } from '../platform/describe-error.ts'
import { ME } from '../platform/questions.ts'
import { useChange } from '../platform/use-change.ts'
import { EnterFrame } from './enter-frame.tsx'

const MIN_PASSWORD_LENGTH = 15

/** Creates the first account. The code is in the fragment of the link, which a browser sends to no server. */
export function SetUp(): ReactNode {
  const navigate = useNavigate()
  const [code] = useState(() => location.hash.slice(1))
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { name: '', email: '', password: '' },
    validate: {
      name: (value) => (value.trim() === '' ? 'Enter your name.' : null),
      email: (value) => (/.@./.test(value) ? null : 'Enter an email address.'),
      password: (value) =>
        value.length < MIN_PASSWORD_LENGTH
          ? `Use at least ${MIN_PASSWORD_LENGTH} characters. A sentence works well.`
          : null,
    },
  })
  const setUp = useChange((given: typeof form.values) => admin.post('/api/v1/setup', { body: { code, ...given } }), {
    touches: [ME],
    sayFailure: false,
  })
  if (code === '') {
    return (
      <EnterFrame title="Set up Stagedoor">
        <Text>
          This link is incomplete. Use the whole link that the platform printed when it started; it works once. If you
          already have an account,{' '}
          <Anchor underline="always" renderRoot={(props) => <Link to="/login" {...props} />}>
            log in
          </Anchor>
          .
        </Text>
      </EnterFrame>
    )
  }
  return (
    <EnterFrame
      title="Set up Stagedoor"
      lead="Create the owner account. An owner can do everything: create API keys, set policies and add team members."
    >
      <form
        noValidate
        onSubmit={form.onSubmit(async (values) => {
          await setUp.mutateAsync(values).then(
            // Replaces the link, which would otherwise stay in the browser's history.
            () => navigate({ to: '/start', replace: true }),
            (error) => form.setErrors({ ...fieldErrorsOf(error) }),
          )
        })}
      >
        <Stack gap="md">
          <TextInput
            label="Your name"
            autoComplete="name"
            autoFocus
            key={form.key('name')}
            {...form.getInputProps('name')}
          />
          <TextInput
            label="Email address"
            description="You log in with it."
            type="email"
            autoComplete="username"
            key={form.key('email')}
            {...form.getInputProps('email')}
          />
          <PasswordInput
            label="Password"
            description={`At least ${MIN_PASSWORD_LENGTH} characters. A sentence works well.`}
            autoComplete="new-password"
            key={form.key('password')}
            {...form.getInputProps('password')}
          />
          <FormError error={setUp.error} fields={['name', 'email', 'password']} />
          <Button type="submit" loading={setUp.isPending}>
            Create account
          </Button>
        </Stack>
      </form>
    </EnterFrame>
  )
}
