import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { FormError } from '../parts/form-end.tsx'
import { Time } from '../parts/time.tsx'
import { admin } from '../platform/admin.ts'
import { useChange } from '../platform/use-change.ts'
import { type Endpoint, hostOf } from './endpoint.ts'
import { WebhookSecret } from './webhook-secret.tsx'

interface RotateWebhookSecretProps {
  readonly apiKey: string
  readonly endpoint: Endpoint
  readonly onClose: () => void
}

/** Rotates the secret of an endpoint. The previous one keeps signing for a day. */
export function RotateWebhookSecret({ apiKey, endpoint, onClose }: RotateWebhookSecretProps): ReactNode {
  const { endpointId, url } = endpoint
  const rotate = useChange(
    () =>
      admin.post('/api/v1/keys/{key}/webhooks/{endpointId}/rotate-secret', {
        params: { path: { key: apiKey, endpointId } },
      }),
    { sayFailure: false },
  )
  const created = rotate.data
  return (
    <Modal
      opened
      size="lg"
      title={created === undefined ? `Rotate the secret of ${hostOf(url)}?` : 'New webhook secret'}
      onClose={onClose}
      closeOnClickOutside={created === undefined}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {created === undefined ? (
        <Stack gap="md">
          <Text>
            Messages are signed with both the current and the new secret for one day. Deploy the new one within that
            time; after it, the current one no longer verifies messages.
          </Text>
          <FormError error={rotate.error} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button loading={rotate.isPending} onClick={() => rotate.mutate(undefined)}>
              Create new secret
            </Button>
          </Group>
        </Stack>
      ) : (
        <Stack gap="md">
          <WebhookSecret secret={created.secret} />
          <Alert color="blue" title="The previous secret still works">
            Messages are also signed with it until {new Date(created.previousUntil * 1_000).toLocaleString()} (
            <Time at={created.previousUntil} />
            ).
          </Alert>
          <Group justify="flex-end">
            <Button onClick={onClose}>Done</Button>
          </Group>
        </Stack>
      )}
    </Modal>
  )
}
