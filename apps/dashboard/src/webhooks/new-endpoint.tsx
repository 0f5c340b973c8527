import { Button, Group, Modal, Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import { admin } from '../platform/admin.ts'
import { useChange } from '../platform/use-change.ts'
import { ENDPOINT_PATHS } from './endpoint.ts'
import { EndpointFields } from './endpoint-fields.tsx'
import { bodyOf, type EndpointForm, NO_ENDPOINT } from './endpoint-form.ts'
import { WebhookSecret } from './webhook-secret.tsx'

interface NewEndpointProps {
  readonly apiKey: string
  readonly onClose: () => void
}

/** Creates an endpoint with its secret, which is shown once. */
export function NewEndpoint({ apiKey, onClose }: NewEndpointProps): ReactNode {
  const create = useChange(
    (form: EndpointForm) =>
      admin.post('/api/v1/keys/{key}/webhooks', { params: { path: { key: apiKey } }, body: bodyOf(form) }),
    { touches: ENDPOINT_PATHS, sayFailure: false },
  )
  return (
    <Modal
      opened
      size="lg"
      title={create.data === undefined ? 'New endpoint' : 'Webhook secret'}
      onClose={onClose}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {create.data === undefined ? (
        <EndpointFields
          initial={NO_ENDPOINT}
          action="Create"
          error={create.error}
          onSubmit={(form) => create.mutateAsync(form)}
          onCancel={onClose}
        />
      ) : (
        <Stack gap="md">
          <WebhookSecret secret={create.data.secret} />
          <Group justify="flex-end">
            <Button onClick={onClose}>Done</Button>
          </Group>
        </Stack>
      )}
    </Modal>
  )
}
