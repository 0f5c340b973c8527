import { Menu, Text } from '@mantine/core'
import { IconPencil, IconPlayerPause, IconPlayerPlay, IconRefresh, IconTrash } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { Confirm } from '../parts/confirm.tsx'
import { MoreMenu } from '../parts/more-menu.tsx'
import { admin } from '../platform/admin.ts'
import { useMay } from '../platform/me.tsx'
import { useChange } from '../platform/use-change.ts'
import { EditEndpoint } from './edit-endpoint.tsx'
import { ENDPOINT_PATHS, type Endpoint, hostOf } from './endpoint.ts'
import { RotateWebhookSecret } from './rotate-webhook-secret.tsx'

interface EndpointMenuProps {
  readonly apiKey: string
  readonly endpoint: Endpoint
  /** Called after the endpoint was deleted. */
  readonly onDeleted?: () => unknown
}

/** The actions of an endpoint. */
export function EndpointMenu({ apiKey, endpoint, onDeleted }: EndpointMenuProps): ReactNode {
  const { endpointId, url, state } = endpoint
  const [dialog, setDialog] = useState<'edit' | 'rotate' | 'disable' | 'delete'>()
  const params = { path: { key: apiKey, endpointId } }
  const change = useChange(
    (to: Endpoint['state']) => admin.patch('/api/v1/keys/{key}/webhooks/{endpointId}', { params, body: { state: to } }),
    {
      touches: ENDPOINT_PATHS,
      done: ({ state: now }) => (now === 'active' ? 'Endpoint enabled.' : 'Endpoint disabled.'),
    },
  )
  const remove = useChange(() => admin.delete('/api/v1/keys/{key}/webhooks/{endpointId}', { params }), {
    touches: ['/api/v1/keys/{key}/webhooks'],
    done: `Endpoint at ${hostOf(url)} deleted.`,
    sayFailure: false,
  })
  if (!useMay('webhooks:write', apiKey)) return null
  const close = () => setDialog(undefined)
  return (
    <>
      <MoreMenu of={url}>
        <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => setDialog('edit')}>
          Edit
        </Menu.Item>
        <Menu.Item leftSection={<IconRefresh size={16} />} onClick={() => setDialog('rotate')}>
          Rotate secret
        </Menu.Item>
        {state === 'active' ? (
          <Menu.Item leftSection={<IconPlayerPause size={16} />} onClick={() => setDialog('disable')}>
            Disable
          </Menu.Item>
        ) : (
          <Menu.Item leftSection={<IconPlayerPlay size={16} />} onClick={() => change.mutate('active')}>
            Enable
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconTrash size={16} />} onClick={() => setDialog('delete')}>
          Delete
        </Menu.Item>
      </MoreMenu>
      {dialog === 'edit' && <EditEndpoint apiKey={apiKey} endpoint={endpoint} onClose={close} />}
      {dialog === 'rotate' && <RotateWebhookSecret apiKey={apiKey} endpoint={endpoint} onClose={close} />}
      {dialog === 'disable' && (
        <Confirm
          title={`Disable the endpoint at ${hostOf(url)}?`}
          action="Disable"
          onConfirm={() => change.mutateAsync('disabled')}
          onClose={close}
        >
          <Text>
            Events that happen while it is disabled are never sent to it. Pending deliveries are sent when you enable it
            again.
          </Text>
        </Confirm>
      )}
      {dialog === 'delete' && (
        <Confirm
          title={`Delete the endpoint at ${hostOf(url)}?`}
          action="Delete"
          onConfirm={async () => {
            await remove.mutateAsync(undefined)
            await onDeleted?.()
          }}
          onClose={close}
        >
          <Text>
            Its pending deliveries, delivery history and secret are deleted. This cannot be undone. To pause it, disable
            it instead.
          </Text>
        </Confirm>
      )}
    </>
  )
}
