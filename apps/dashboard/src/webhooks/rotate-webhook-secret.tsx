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

/** Gives an endpoint another secret, while the one before goes on signing beside it. */
export function RotateWebhookSecret({ apiKey, endpoint, onClose }: RotateWebhookSecretProps): ReactNode {
  const { endpointId, url } = endpoint
  const rotate = useChange(
    () =>
      admin.post('/api/v1/keys/{key}/webhooks/{endpointId}/rotate-secret', {
        params: { path: { key: apiKey, endpointId } },
      }),
    { sayFailure: false },
  )
  const made = rotate.data
  return (
    <Modal
      opened
      size="lg"
      title={made === undefined ? `Another secret for ${hostOf(url)}?` : 'The new secret'}
      onClose={onClose}
      closeOnClickOutside={made === undefined}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {made === undefined ? (
        <Stack gap="md">
          <Text>
            The secret of now goes on signing beside the new one for a day. Put the new one in place within that time,
            and no message is missed; after it, a back end that has only the old one takes none.
          </Text>
          <FormError error={rotate.error} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button loading={rotate.isPending} onClick={() => rotate.mutate(undefined)}>
              Make the new secret
            </Button>
          </Group>
        </Stack>
      ) : (
        <Stack gap="md">
          <WebhookSecret secret={made.secret} />
          <Alert color="blue" title="The old one goes on signing for now">
            It signs beside the new one until {new Date(made.previousUntil * 1_000).toLocaleString()} (
            <Time at={made.previousUntil} />
            ).
          </Alert>
          <Group justify="flex-end">
            <Button onClick={onClose}>I have taken it along</Button>
          </Group>
        </Stack>
      )}
    </Modal>
  )
}
