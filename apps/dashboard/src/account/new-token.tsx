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

/** Creates a personal access token and shows it once. */
export function NewToken({ onClose }: { readonly onClose: () => void }): ReactNode {
  const me = useMe()
  const form = useForm<TokenForm>({
    initialValues: NO_TOKEN,
    validate: (values) => missingIn(values, rightsToGive(me, values.apiKey)),
  })
  const { apiKey, rights } = form.values
  const toGive = rightsToGive(me, apiKey)
  const create = useChange((values: TokenForm) => admin.post('/api/v1/me/tokens', { body: bodyOf(values, toGive) }), {
    touches: ['/api/v1/me/tokens'],
    sayFailure: false,
  })
  return (
    <Modal
      opened
      size="lg"
      title={create.data === undefined ? 'New access token' : `Access token “${create.data.name}”`}
      onClose={onClose}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {create.data === undefined ? (
        <form
          noValidate
          onSubmit={form.onSubmit((values) =>
            create.mutateAsync(values).then(
              () => {},
              (error) => form.setErrors(fieldErrorsOf(error)),
            ),
          )}
        >
          <Stack gap="md">
            <TextInput
              label="Name"
              description="What uses it, such as “Deployment”."
              maxLength={100}
              data-autofocus
              {...form.getInputProps('name')}
            />
            <ApiKeySelect
              label="API key"
              description="Limit the token to one API key."
              placeholder="All API keys you can access"
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
              label="Expires after"
              description="Then requests with it are refused, and you create a new one."
              data={LIFE_CHOICES}
              allowDeselect={false}
              {...form.getInputProps('life')}
            />
            <FormEnd
              error={create.error}
              fields={['name', 'apiKey', 'rights']}
              action="Create"
              isBusy={create.isPending}
              onCancel={onClose}
            />
          </Stack>
        </form>
      ) : (
        <Stack gap="md">
          <SecretOnce
            what="token"
            lines={`STAGEDOOR_TOKEN=${create.data.secret}\n`}
            fileName="token.env"
            advice="Anyone who has it can act as you. Give it to one program only; never put it in a web page or a repository."
          />
          <Group justify="flex-end">
            <Button onClick={onClose}>Done</Button>
          </Group>
        </Stack>
      )}
    </Modal>
  )
}
