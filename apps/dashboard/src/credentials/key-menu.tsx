import { Menu, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconPencil, IconPlayerPause, IconPlayerPlay, IconTrash } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { Confirm } from '../parts/confirm.tsx'
import { FormEnd } from '../parts/form-end.tsx'
import { MoreMenu } from '../parts/more-menu.tsx'
import { admin } from '../platform/admin.ts'
import { API_KEY_PATHS, type ApiKey } from '../platform/api-key.ts'
import { useMay } from '../platform/me.tsx'
import { useAnswer } from '../platform/use-answer.ts'
import { useChange } from '../platform/use-change.ts'

type Dialog = 'rename' | 'disable' | 'delete' | undefined

/** The actions of an API key. */
export function KeyMenu({ apiKey: key }: { readonly apiKey: ApiKey }): ReactNode {
  const [dialog, setDialog] = useState<Dialog>()
  const mayWrite = useMay('keys:write', key.apiKey)
  const change = useChange(
    (body: { name?: string; state?: ApiKey['state'] }) =>
      admin.patch('/api/v1/keys/{key}', { params: { path: { key: key.apiKey } }, body }),
    { touches: API_KEY_PATHS },
  )
  const remove = useChange(() => admin.delete('/api/v1/keys/{key}', { params: { path: { key: key.apiKey } } }), {
    touches: API_KEY_PATHS,
    done: `API key “${key.name}” deleted.`,
    sayFailure: false,
  })
  if (!mayWrite) return null
  const close = () => setDialog(undefined)
  return (
    <>
      <MoreMenu of={key.name}>
        <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => setDialog('rename')}>
          Rename
        </Menu.Item>
        {key.state === 'active' ? (
          <Menu.Item leftSection={<IconPlayerPause size={16} />} onClick={() => setDialog('disable')}>
            Disable
          </Menu.Item>
        ) : (
          <Menu.Item leftSection={<IconPlayerPlay size={16} />} onClick={() => change.mutate({ state: 'active' })}>
            Enable
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconTrash size={16} />} onClick={() => setDialog('delete')}>
          Delete
        </Menu.Item>
      </MoreMenu>
      {dialog === 'rename' && (
        <Rename name={key.name} onSave={(name) => change.mutateAsync({ name })} onClose={close} />
      )}
      {dialog === 'disable' && (
        <Confirm
          title={`Disable “${key.name}”?`}
          action="Disable"
          onConfirm={() => change.mutateAsync({ state: 'disabled' })}
          onClose={close}
        >
          <Text>
            <LiveSessions apiKey={key.apiKey} /> Registrations with it are refused until you enable it again. Its
            signing keys and policy are kept.
          </Text>
        </Confirm>
      )}
      {dialog === 'delete' && (
        <Confirm
          title={`Delete “${key.name}”?`}
          action="Delete"
          typed={key.name}
          onConfirm={() => remove.mutateAsync(undefined)}
          onClose={close}
        >
          <Text>
            <LiveSessions apiKey={key.apiKey} /> Its signing keys, policy and webhooks are deleted too. This cannot be
            undone.
          </Text>
        </Confirm>
      )}
    </>
  )
}

/** How many sessions would end. */
function LiveSessions({ apiKey }: { readonly apiKey: string }): ReactNode {
  const { data } = useAnswer('/api/v1/keys/{key}/sessions', [
    { params: { path: { key: apiKey }, query: { limit: 1 } } },
  ])
  if (data === undefined) return null
  if (data.total === 0) return 'No session is live under it.'
  return `${data.total} live session${data.total === 1 ? ' ends' : 's end'} at once.`
}

interface RenameProps {
  readonly name: string
  readonly onSave: (name: string) => Promise<unknown>
  readonly onClose: () => void
}

function Rename({ name, onSave, onClose }: RenameProps): ReactNode {
  const [error, setError] = useState<unknown>()
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { name },
    validate: { name: (value) => (value.trim() === '' ? 'Enter a name.' : null) },
  })
  return (
    <Modal opened title="Rename" onClose={onClose} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form noValidate onSubmit={form.onSubmit((values) => onSave(values.name).then(onClose, setError))}>
        <Stack gap="md">
          <TextInput
            label="Name"
            maxLength={100}
            data-autofocus
            key={form.key('name')}
            {...form.getInputProps('name')}
          />
          <FormEnd error={error} action="Save" onCancel={onClose} />
        </Stack>
      </form>
    </Modal>
  )
}
