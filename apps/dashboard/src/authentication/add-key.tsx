import { Button, Group, Modal, PasswordInput, Radio, Select, Stack, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { ReactNode } from 'react'
import { envLines } from '../minting/code-samples.ts'
import { FormEnd } from '../parts/form-end.tsx'
import { SecretOnce } from '../parts/secret-once.tsx'
import { admin } from '../platform/admin.ts'
import { fieldErrorsOf } from '../platform/describe-error.ts'
import { useChange } from '../platform/use-change.ts'
import { bodyOf, type KeyForm, NO_KEY } from './key-form.ts'
import { SIGNING_KEY_PATHS } from './signing-key.ts'

interface AddKeyProps {
  readonly apiKey: string
  readonly onClose: () => void
}

/** Adds what tokens are signed with: made here, or brought along. */
export function AddKey({ apiKey, onClose }: AddKeyProps): ReactNode {
  const form = useKeyForm()
  const add = useChange(
    (values: KeyForm) =>
      admin.post('/api/v1/keys/{key}/signing-keys', { params: { path: { key: apiKey } }, body: bodyOf(values) }),
    { touches: SIGNING_KEY_PATHS, sayFailure: false },
  )
  const secret = add.data?.secret
  async function submit(values: KeyForm) {
    try {
      const added = await add.mutateAsync(values)
      if (added.secret === undefined) onClose()
    } catch (error) {
      form.setErrors(fieldErrorsOf(error))
    }
  }
  return (
    <Modal
      opened
      size="lg"
      title="Add a secret or a public key"
      onClose={onClose}
      closeOnClickOutside={secret === undefined}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {secret !== undefined ? (
        <Stack gap="md">
          <SecretOnce what="the secret" lines={envLines(apiKey, secret)} fileName="stagedoor.env" />
          <Group justify="flex-end">
            <Button onClick={onClose}>I have taken it along</Button>
          </Group>
        </Stack>
      ) : (
        <form noValidate onSubmit={form.onSubmit(submit)}>
          <Stack gap="md">
            <Radio.Group label="What to add" {...form.getInputProps('kind')}>
              <Stack gap="xs" mt="xs">
                <Radio value="secret" label="A new secret" description="Made here, shown once. The usual way." />
                <Radio
                  value="imported_secret"
                  label="A secret that was made elsewhere"
                  description="So that tokens that are out stay good while you move in."
                />
                <Radio
                  value="public_key"
                  label="A public key"
                  description="Whoever signs keeps the private key; the platform could mint nothing with this one."
                />
                <Radio
                  value="key_set"
                  label="A key set"
                  description="Public keys at an address (JWKS), fetched and kept fresh by the platform."
                />
              </Stack>
            </Radio.Group>
            <KeyFields form={form} />
            <TextInput
              label="Key id"
              description="What tokens name it by (kid). Left empty, one is drawn."
              maxLength={128}
              {...form.getInputProps('keyId')}
            />
            <FormEnd error={add.error} action="Add it" isBusy={add.isPending} onCancel={onClose} />
          </Stack>
        </form>
      )}
    </Modal>
  )
}

function useKeyForm() {
  return useForm<KeyForm>({ initialValues: NO_KEY, validate: validateKey })
}

function KeyFields({ form }: { readonly form: ReturnType<typeof useKeyForm> }): ReactNode {
  switch (form.values.kind) {
    case 'imported_secret':
      return (
        <>
          <PasswordInput label="Secret" autoComplete="off" {...form.getInputProps('secret')} />
          <Select
            label="Algorithm"
            data={['HS256', 'HS384', 'HS512']}
            allowDeselect={false}
            {...form.getInputProps('algorithm')}
          />
        </>
      )
    case 'public_key':
      return (
        <Textarea
          label="Public key"
          description="PEM, or a JWK as JSON."
          autosize
          minRows={4}
          maxRows={12}
          spellCheck={false}
          ff="monospace"
          {...form.getInputProps('publicKey')}
        />
      )
    case 'key_set':
      return <TextInput label="Address" placeholder="https://id.example.com/jwks.json" {...form.getInputProps('url')} />
    case 'secret':
      return null
  }
}

function validateKey({ kind, secret, publicKey, url }: KeyForm) {
  return {
    ...(kind === 'imported_secret' && secret === '' && { secret: 'The secret.' }),
    ...(kind === 'public_key' && publicKey.trim() === '' && { publicKey: 'The public key.' }),
    ...(kind === 'key_set' && !URL.canParse(url) && { url: 'An address that begins with https://.' }),
  }
}
