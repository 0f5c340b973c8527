import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { ReactNode } from 'react'
import { envLines } from '../minting/code-samples.ts'
import { FormEnd } from '../parts/form-end.tsx'
import { SecretOnce } from '../parts/secret-once.tsx'
import { admin } from '../platform/admin.ts'
import { useChange } from '../platform/use-change.ts'

/** Creates an API key with its first secret, which is shown once. */
export function NewKey({ onClose }: { readonly onClose: () => void }): ReactNode {
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { name: '' },
    validate: { name: (value) => (value.trim() === '' ? 'Enter a name.' : null) },
  })
  const create = useChange((name: string) => admin.post('/api/v1/keys', { body: { name } }), {
    touches: ['/api/v1/keys'],
    sayFailure: false,
  })
  return (
    <Modal
      opened
      size="lg"
      title={create.data === undefined ? 'New API key' : `API key “${create.data.name}”`}
      onClose={onClose}
      // A stray click must not close the dialog that shows the secret.
      closeOnClickOutside={create.data === undefined}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {create.data === undefined ? (
        <form noValidate onSubmit={form.onSubmit(({ name }) => create.mutate(name))}>
          <Stack gap="md">
            <TextInput
              label="Name"
              description="Only your team sees it. You can change it later."
              maxLength={100}
              data-autofocus
              key={form.key('name')}
              {...form.getInputProps('name')}
            />
            <FormEnd error={create.error} action="Create" isBusy={create.isPending} onCancel={onClose} />
          </Stack>
        </form>
      ) : (
        <Stack gap="md">
          <SecretOnce
            what="secret"
            lines={envLines(create.data.apiKey, create.data.secret.secret)}
            fileName="stagedoor.env"
          />
          <Group justify="flex-end">
            <Button onClick={onClose}>Done</Button>
          </Group>
        </Stack>
      )}
    </Modal>
  )
}
