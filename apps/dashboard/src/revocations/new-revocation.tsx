import { Modal, Select, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useDebouncedValue } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { DurationInput } from '../parts/duration-input.tsx'
import { FormEnd } from '../parts/form-end.tsx'
import { type RevocationBody, RevocationEffect } from '../parts/revocation-effect.tsx'
import { admin } from '../platform/admin.ts'
import { fieldErrorsOf } from '../platform/describe-error.ts'
import { useChange } from '../platform/use-change.ts'
import { REVOCATION_PATHS } from './revocation.ts'
import { CHOICES, EFFECTS, MAX_BAN_SECONDS, type RevocationForm, revocationOf } from './revocation-form.ts'

const DELAY_MS = 400

/** Revokes tokens or bans a user, and shows beforehand which live sessions would end. */
export function NewRevocation({
  apiKey,
  onClose,
}: {
  readonly apiKey: string
  readonly onClose: () => void
}): ReactNode {
  const form = useForm<RevocationForm>({
    initialValues: { kind: 'user', subject: '', forSeconds: 86_400 },
    validate: {
      subject: (_subject, values) =>
        revocationOf(values) === undefined ? `Enter a ${values.kind === 'token' ? 'token id' : 'user id'}.` : null,
    },
  })
  const { kind, forSeconds } = form.values
  const [previewed] = useDebouncedValue(form.values, DELAY_MS)
  const revocation = revocationOf(previewed)
  const revoke = useChange(
    (body: RevocationBody) => admin.post('/api/v1/keys/{key}/revocations', { params: { path: { key: apiKey } }, body }),
    { touches: REVOCATION_PATHS, done: kind === 'ban' ? 'User banned.' : 'Revoked.', sayFailure: false },
  )
  async function submit(values: RevocationForm) {
    const body = revocationOf(values)
    if (body === undefined) return
    await revoke.mutateAsync(body).then(onClose, (error) => form.setErrors(fieldErrorsOf(error)))
  }
  return (
    <Modal opened size="lg" title="Revoke" onClose={onClose} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form noValidate onSubmit={form.onSubmit(submit)}>
        <Stack gap="md">
          <Select
            label="What to revoke"
            description={EFFECTS[kind]}
            data={CHOICES}
            allowDeselect={false}
            {...form.getInputProps('kind')}
          />
          {kind !== 'everything' && (
            <TextInput
              label={kind === 'token' ? 'Token id' : 'User id'}
              description={kind === 'token' ? 'The jti claim of the token.' : undefined}
              maxLength={256}
              autoComplete="off"
              data-autofocus
              {...form.getInputProps('subject')}
            />
          )}
          {kind === 'ban' && (
            <DurationInput
              label="Duration"
              value={forSeconds}
              max={MAX_BAN_SECONDS}
              error={typeof form.errors['forSeconds'] === 'string' ? form.errors['forSeconds'] : undefined}
              onChange={(seconds) => form.setFieldValue('forSeconds', seconds)}
            />
          )}
          {revocation !== undefined && <RevocationEffect apiKey={apiKey} revocation={revocation} />}
          <FormEnd
            error={revoke.error}
            fields={Object.keys(form.values)}
            action={kind === 'ban' ? 'Ban' : 'Revoke'}
            isBusy={revoke.isPending}
            onCancel={onClose}
          />
        </Stack>
      </form>
    </Modal>
  )
}
