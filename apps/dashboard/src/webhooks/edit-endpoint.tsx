import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { admin } from '../platform/admin.ts'
import { useChange } from '../platform/use-change.ts'
import { ENDPOINT_PATHS, type Endpoint } from './endpoint.ts'
import { EndpointFields } from './endpoint-fields.tsx'
import { bodyOf, type EndpointForm, formOf } from './endpoint-form.ts'

interface EditEndpointProps {
  readonly apiKey: string
  readonly endpoint: Endpoint
  readonly onClose: () => void
}

export function EditEndpoint({ apiKey, endpoint, onClose }: EditEndpointProps): ReactNode {
  const { endpointId } = endpoint
  const change = useChange(
    (form: EndpointForm) =>
      admin.patch('/api/v1/keys/{key}/webhooks/{endpointId}', {
        params: { path: { key: apiKey, endpointId } },
        body: bodyOf(form),
      }),
    { touches: ENDPOINT_PATHS, done: 'Endpoint saved.', sayFailure: false },
  )
  return (
    <Modal
      opened
      size="lg"
      title="Edit endpoint"
      onClose={onClose}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <EndpointFields
        initial={formOf(endpoint)}
        action="Save"
        error={change.error}
        onSubmit={(form) => change.mutateAsync(form).then(onClose)}
        onCancel={onClose}
      />
    </Modal>
  )
}
