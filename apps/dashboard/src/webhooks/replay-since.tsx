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

/** Sends once more all that was given up since a time. */
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
          ? 'Nothing was given up since then.'
          : `${replayed} ${replayed === 1 ? 'message is' : 'messages are'} sent once more.`,
      sayFailure: false,
    },
  )
  function submit() {
    const since = sinceOf(form, Date.now() / 1_000)
    setMissing(since === undefined)
    if (since !== undefined) replay.mutate(since, { onSuccess: onClose })
  }
  return (
    <Modal opened title="Send once more" onClose={onClose} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <Stack gap="md">
          <Text size="sm">
            Everything that was given up, under the same webhook-id as before. What was taken, and what is still to be
            sent, is left as it is.
          </Text>
          <Select
            label="Of which time"
            data={SINCE_CHOICES}
            value={form.span}
            allowDeselect={false}
            onChange={(span) => setForm((before) => ({ ...before, span: span ?? before.span }))}
          />
          {form.span === A_TIME && (
            <TextInput
              type="datetime-local"
              label="Made since"
              description="By the clock of this place."
              value={form.time}
              error={isMissing && 'A date and a time.'}
              onChange={(event) => {
                const time = event.currentTarget.value
                setForm((before) => ({ ...before, time }))
              }}
            />
          )}
          <FormEnd error={replay.error} action="Send it once more" isBusy={replay.isPending} onCancel={onClose} />
        </Stack>
      </form>
    </Modal>
  )
}
