import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconRepeat, IconSend } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { Copyable } from '../parts/copy.tsx'
import { Page } from '../parts/page.tsx'
import { Failure, Loading } from '../parts/states.tsx'
import { Time } from '../parts/time.tsx'
import { admin } from '../platform/admin.ts'
import { May } from '../platform/me.tsx'
import { useAnswer } from '../platform/use-answer.ts'
import { useChange } from '../platform/use-change.ts'
import { Deliveries } from './deliveries.tsx'
import { DELIVERY_PATHS } from './delivery.ts'
import { DeliveryDrawer } from './delivery-drawer.tsx'
import { type Endpoint, hostOf, typesInWords } from './endpoint.ts'
import { EndpointMenu } from './endpoint-menu.tsx'
import { EndpointState } from './endpoint-state.tsx'
import { ReplaySince } from './replay-since.tsx'

const route = getRouteApi('/logged-in/keys/$key/webhooks/$endpointId')
/** How often the state of the endpoint is refreshed: its own answers can disable it. */
const LOOK_MS = 5_000

/** One endpoint: its state and its deliveries. */
export function WebhookPage(): ReactNode {
  const { key, endpointId } = route.useParams()
  const { delivery } = route.useSearch()
  const navigate = route.useNavigate()
  const [isReplaying, setReplaying] = useState(false)
  const show = (deliveryId: string | undefined) =>
    navigate({ search: (before) => ({ ...before, delivery: deliveryId }), replace: true, resetScroll: false })
  const endpoint = useAnswer('/api/v1/keys/{key}/webhooks/{endpointId}', [{ params: { path: { key, endpointId } } }], {
    refetchInterval: LOOK_MS,
  })
  const test = useChange(
    () => admin.post('/api/v1/keys/{key}/webhooks/{endpointId}/test', { params: { path: { key, endpointId } } }),
    { touches: DELIVERY_PATHS },
  )
  const { data, error } = endpoint
  if (data === undefined) {
    if (error === null) return <Loading lines={8} />
    return <Failure error={error} retry={() => void endpoint.refetch()} />
  }
  return (
    <Page
      title={hostOf(data.url)}
      lead={data.description === '' ? undefined : data.description}
      actions={
        <>
          <May right="webhooks:write" apiKey={key}>
            <Button
              variant="default"
              leftSection={<IconRepeat size={16} aria-hidden />}
              onClick={() => setReplaying(true)}
            >
              Resend failed
            </Button>
            {data.state === 'active' && (
              <Button
                leftSection={<IconSend size={16} aria-hidden />}
                loading={test.isPending}
                onClick={() => test.mutate(undefined, { onSuccess: ({ deliveryId }) => void show(deliveryId) })}
              >
                Send test
              </Button>
            )}
          </May>
          <EndpointMenu
            apiKey={key}
            endpoint={data}
            onDeleted={() => navigate({ to: '/keys/$key/webhooks', params: { key }, replace: true })}
          />
        </>
      }
    >
      {isReplaying && <ReplaySince apiKey={key} endpointId={endpointId} onClose={() => setReplaying(false)} />}
      {data.isGone && (
        <Alert color="red" icon={<IconAlertTriangle />} title="Disabled: the endpoint answered 410 Gone">
          Nothing is sent to it. Enable it when it is back: pending deliveries are sent then.
        </Alert>
      )}
      <About apiKey={key} endpoint={data} />
      <Deliveries />
      {delivery !== undefined && (
        <DeliveryDrawer
          apiKey={key}
          endpointId={endpointId}
          deliveryId={delivery}
          onClose={() => void show(undefined)}
        />
      )}
    </Page>
  )
}

interface AboutProps {
  readonly apiKey: string
  readonly endpoint: Endpoint
}

function About({ apiKey, endpoint }: AboutProps): ReactNode {
  const { url, types, createdAt } = endpoint
  return (
    <Stack gap="xs">
      <Group gap="sm">
        <EndpointState apiKey={apiKey} endpoint={endpoint} />
        <Copyable value={url} what="URL" />
      </Group>
      <Text size="sm">
        Events: {typesInWords(types)}. Created <Time at={createdAt} />.
      </Text>
    </Stack>
  )
}
