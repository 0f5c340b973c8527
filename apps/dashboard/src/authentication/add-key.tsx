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

/** Adds a signing key: a new secret, or one from elsewhere. */
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
      title="Add signing key"
      onClose={onClose}
      closeOnClickOutside={secret === undefined}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {secret !== undefined ? (
        <Stack gap="md">
          <SecretOnce what="secret" lines={envLines(apiKey, secret)} fileName="stagedoor.env" />
          <Group justify="flex-end">
            <Button onClick={onClose}>Done</Button>
          </Group>
        </Stack>
      ) : (
        <form noValidate onSubmit={form.onSubmit(submit)}>
          <Stack gap="md">
            <Radio.Group label="Type" {...form.getInputProps('kind')}>
              <Stack gap="xs" mt="xs">
                <Radio
                  value="secret"
                  label="New secret"
                  description="Generated here and shown once. The usual choice."
                />
                <Radio
                  value="imported_secret"
                  label="Existing secret"
                  description="Tokens already signed with it stay valid while you migrate."
                />
                <Radio
                  value="public_key"
                  label="Public key"
                  description="You keep the private key, so the platform cannot mint tokens."
                />
                <Radio
                  value="key_set"
                  label="Key set (JWKS)"
                  description="A URL with public keys, which the platform fetches and refreshes."
                />
              </Stack>
            </Radio.Group>
            <KeyFields form={form} />
            <TextInput
              label="Key id"
              description="The kid in the header of tokens. Leave empty to generate one."
              maxLength={128}
              {...form.getInputProps('keyId')}
            />
            <FormEnd
              error={add.error}
              fields={['keyId', 'secret', 'publicKey', 'url']}
              action="Add"
              isBusy={add.isPending}
              onCancel={onClose}
            />
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
          description="PEM, or a JWK in JSON."
          autosize
          minRows={4}
          maxRows={12}
          spellCheck={false}
          ff="monospace"
          {...form.getInputProps('publicKey')}
        />
      )
    case 'key_set':
      return <TextInput label="URL" placeholder="https://id.example.com/jwks.json" {...form.getInputProps('url')} />
    case 'secret':
      return null
  }
}

function validateKey({ kind, secret, publicKey, url }: KeyForm) {
  return {
    ...(kind === 'imported_secret' && secret === '' && { secret: 'Enter the secret.' }),
    ...(kind === 'public_key' && publicKey.trim() === '' && { publicKey: 'Enter the public key.' }),
    ...(kind === 'key_set' && !URL.canParse(url) && { url: 'Enter a URL that starts with https://.' }),
  }
}
