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

/** Makes an endpoint with its secret. */
export function NewEndpoint({ apiKey, onClose }: NewEndpointProps): ReactNode {
  const make = useChange(
    (form: EndpointForm) =>
      admin.post('/api/v1/keys/{key}/webhooks', { params: { path: { key: apiKey } }, body: bodyOf(form) }),
    { touches: ENDPOINT_PATHS, sayFailure: false },
  )
  return (
    <Modal
      opened
      size="lg"
      title={make.data === undefined ? 'New endpoint' : 'The secret of the endpoint'}
      onClose={onClose}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {make.data === undefined ? (
        <EndpointFields
          initial={NO_ENDPOINT}
          action="Make it"
          error={make.error}
          onSubmit={(form) => make.mutateAsync(form)}
          onCancel={onClose}
        />
      ) : (
        <Stack gap="md">
          <WebhookSecret secret={make.data.secret} />
          <Group justify="flex-end">
            <Button onClick={onClose}>I have taken it along</Button>
          </Group>
        </Stack>
      )}
    </Modal>
  )
}
