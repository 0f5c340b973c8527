import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { ReactNode } from 'react'
import { envLines } from '../minting/code-samples.ts'
import { FormEnd } from '../parts/form-end.tsx'
import { SecretOnce } from '../parts/secret-once.tsx'
import { admin } from '../platform/admin.ts'
import { useChange } from '../platform/use-change.ts'

/** Makes an API key with its first secret. */
export function NewKey({ onClose }: { readonly onClose: () => void }): ReactNode {
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { name: '' },
    validate: { name: (value) => (value.trim() === '' ? 'A name by which you know it again.' : null) },
  })
  const make = useChange((name: string) => admin.post('/api/v1/keys', { body: { name } }), {
    touches: ['/api/v1/keys'],
    sayFailure: false,
  })
  return (
    <Modal
      opened
      size="lg"
      title={make.data === undefined ? 'New API key' : `The API key of “${make.data.name}”`}
      onClose={onClose}
      // What is shown once does not go by a slip beside it.
      closeOnClickOutside={make.data === undefined}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {make.data === undefined ? (
        <form noValidate onSubmit={form.onSubmit(({ name }) => make.mutate(name))}>
          <Stack gap="md">
            <TextInput
              label="Name"
              description="For your own eyes, as in the name of the application; it can be changed."
              maxLength={100}
              data-autofocus
              key={form.key('name')}
              {...form.getInputProps('name')}
            />
            <FormEnd error={make.error} action="Make it" isBusy={make.isPending} onCancel={onClose} />
          </Stack>
        </form>
      ) : (
        <Stack gap="md">
          <SecretOnce
            what="the secret"
            lines={envLines(make.data.apiKey, make.data.secret.secret)}
            fileName="stagedoor.env"
          />
          <Group justify="flex-end">
            <Button onClick={onClose}>I have taken it along</Button>
          </Group>
        </Stack>
      )}
    </Modal>
  )
}
