import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { ReactNode } from 'react'
import { ApiKeySelect } from '../parts/api-key-select.tsx'
import { FormEnd } from '../parts/form-end.tsx'
import { SecretOnce } from '../parts/secret-once.tsx'
import { admin } from '../platform/admin.ts'
import { fieldErrorsOf } from '../platform/describe-error.ts'
import { useMe } from '../platform/me.tsx'
import { useChange } from '../platform/use-change.ts'
import { RightFields } from './right-fields.tsx'
import { bodyOf, LIFE_CHOICES, missingIn, NO_TOKEN, rightsToGive, type TokenForm } from './token-form.ts'

/** Makes a personal access token. */
export function NewToken({ onClose }: { readonly onClose: () => void }): ReactNode {
  const me = useMe()
  const form = useForm<TokenForm>({
    initialValues: NO_TOKEN,
    validate: (values) => missingIn(values, rightsToGive(me, values.apiKey)),
  })
  const { apiKey, rights } = form.values
  const toGive = rightsToGive(me, apiKey)
  const make = useChange((values: TokenForm) => admin.post('/api/v1/me/tokens', { body: bodyOf(values, toGive) }), {
    touches: ['/api/v1/me/tokens'],
    sayFailure: false,
  })
  return (
    <Modal
      opened
      size="lg"
      title={make.data === undefined ? 'New access token' : `The access token “${make.data.name}”`}
      onClose={onClose}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {make.data === undefined ? (
        <form
          noValidate
          onSubmit={form.onSubmit((values) =>
            make.mutateAsync(values).then(
              () => {},
              (error) => form.setErrors(fieldErrorsOf(error)),
            ),
          )}
        >
          <Stack gap="md">
            <TextInput
              label="Name"
              description="What it is for, as in “Deployment”."
              maxLength={100}
              data-autofocus
              {...form.getInputProps('name')}
            />
            <ApiKeySelect
              label="API key"
              description="The one that it is for. A token for one cannot touch the others."
              placeholder="All that you may look after"
              clearable
              clearButtonProps={{ 'aria-label': 'All API keys' }}
              value={apiKey}
              error={form.errors['apiKey']}
              onChange={(chosen) => form.setFieldValue('apiKey', chosen)}
            />
            <RightFields
              value={rights}
              toGive={toGive}
              error={form.errors['rights']}
              onChange={(chosen) => form.setFieldValue('rights', [...chosen])}
            />
            <Select
              label="Life"
              description="After that it is good for nothing, and another one is made."
              data={LIFE_CHOICES}
              allowDeselect={false}
              {...form.getInputProps('life')}
            />
            <FormEnd error={make.error} action="Make it" isBusy={make.isPending} onCancel={onClose} />
          </Stack>
        </form>
      ) : (
        <Stack gap="md">
          <SecretOnce
            what="the token"
            lines={`STAGEDOOR_TOKEN=${make.data.secret}\n`}
            fileName="token.env"
            advice="Whoever has it acts in your name. It belongs to the one program that it is for, and never into a page or a repository."
          />
          <Group justify="flex-end">
            <Button onClick={onClose}>I have taken it along</Button>
          </Group>
        </Stack>
      )}
    </Modal>
  )
}
