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

/** Makes the first account. The code stands behind the # of the link, which a browser sends to nobody. */
export function SetUp(): ReactNode {
  const navigate = useNavigate()
  const [code] = useState(() => location.hash.slice(1))
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { name: '', email: '', password: '' },
    validate: {
      name: (value) => (value.trim() === '' ? 'What the others call you.' : null),
      email: (value) => (/.@./.test(value) ? null : 'An email address, to log in with.'),
      password: (value) =>
        value.length < MIN_PASSWORD_LENGTH ? `${MIN_PASSWORD_LENGTH} characters or more: a sentence does well.` : null,
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
          This link is not whole. Take the one that the platform printed when it started; it is good once. Where there
          is an account already,{' '}
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
      lead="Make the account of the owner. It may do everything: make API keys, set policies, and let others in."
    >
      <form
        noValidate
        onSubmit={form.onSubmit(async (values) => {
          await setUp.mutateAsync(values).then(
            // In place of the link, which would stay in the history of the browser.
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
            description="To log in with."
            type="email"
            autoComplete="username"
            key={form.key('email')}
            {...form.getInputProps('email')}
          />
          <PasswordInput
            label="Password"
            description={`${MIN_PASSWORD_LENGTH} characters or more: a sentence does well.`}
            autoComplete="new-password"
            key={form.key('password')}
            {...form.getInputProps('password')}
          />
          <FormError error={setUp.error} />
          <Button type="submit" loading={setUp.isPending}>
            Make the account
          </Button>
        </Stack>
      </form>
    </EnterFrame>
  )
}
