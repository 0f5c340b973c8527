import { Modal, Select, Stack, Text, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { FormEnd } from '../parts/form-end.tsx'
import { admin } from '../platform/admin.ts'
import { useChange } from '../platform/use-change.ts'
import { DELIVERY_PATHS } from './delivery.ts'
import { A_TIME, SINCE_CHOICES, type SinceForm, sinceOf } from './since.ts'

interface ReplaySinceProps {
  readonly apiKey: string
  readonly endpointId: string
  readonly onClose: () => void
}

/** Sends failed deliveries again. */
export function ReplaySince({ apiKey, endpointId, onClose }: ReplaySinceProps): ReactNode {
  const [form, setForm] = useState<SinceForm>({ span: '86400', time: '' })
  const [isMissing, setMissing] = useState(false)
  const replay = useChange(
    (since: number) =>
      admin.post('/api/v1/keys/{key}/webhooks/{endpointId}/replay', {
        params: { path: { key: apiKey, endpointId } },
        body: { since },
      }),
    {
      touches: DELIVERY_PATHS,
      done: ({ replayed }) =>
        replayed === 0
          ? 'No failed deliveries since then.'
          : `Sending ${replayed} ${replayed === 1 ? 'delivery' : 'deliveries'} again.`,
      sayFailure: false,
    },
  )
  function submit() {
    const since = sinceOf(form, Date.now() / 1_000)
    setMissing(since === undefined)
    if (since !== undefined) replay.mutate(since, { onSuccess: onClose })
  }
  return (
    <Modal opened title="Resend failed deliveries" onClose={onClose} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <Stack gap="md">
          <Text size="sm">
            Sends every failed delivery again, with the same webhook-id. Deliveries that succeeded or are pending are
            not sent.
          </Text>
          <Select
            label="Period"
            data={SINCE_CHOICES}
            value={form.span}
            allowDeselect={false}
            onChange={(span) => setForm((before) => ({ ...before, span: span ?? before.span }))}
          />
          {form.span === A_TIME && (
            <TextInput
              type="datetime-local"
              label="Created since"
              description="In your time zone."
              value={form.time}
              error={isMissing && 'Enter a date and time.'}
              onChange={(event) => {
                const time = event.currentTarget.value
                setForm((before) => ({ ...before, time }))
              }}
            />
          )}
          <FormEnd error={replay.error} action="Resend" isBusy={replay.isPending} onCancel={onClose} />
        </Stack>
      </form>
    </Modal>
  )
}
