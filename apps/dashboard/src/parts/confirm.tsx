import { Alert, Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { describeError } from '../platform/describe-error.ts'

interface ConfirmProps {
  readonly title: string
  /** What will happen, and what it affects. */
  readonly children: ReactNode
  /** The label of the button: what it does, never "OK". */
  readonly action: string
  /** What has to be typed before the button works, for actions that cannot be undone. */
  readonly typed?: string
  readonly onConfirm: () => Promise<unknown>
  readonly onClose: () => void
}

/** Asks for confirmation, and stays open with the error if the action fails. */
export function Confirm({ title, children, action, typed, onConfirm, onClose }: ConfirmProps): ReactNode {
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const [written, setWritten] = useState('')
  async function confirm() {
    setBusy(true)
    setError(undefined)
    try {
      await onConfirm()
      onClose()
    } catch (failure) {
      setError(failure)
      setBusy(false)
    }
  }
  return (
    <Modal opened title={title} onClose={onClose} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void confirm()
        }}
      >
        <Stack gap="md">
          {children}
          {typed !== undefined && (
            <TextInput
              label={`Type "${typed}" to confirm`}
              value={written}
              onChange={(event) => setWritten(event.currentTarget.value)}
              autoComplete="off"
            />
          )}
          {error !== undefined && (
            <Alert color="red" role="alert">
              {describeError(error)}
            </Alert>
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" color="red.8" loading={isBusy} disabled={typed !== undefined && written !== typed}>
              {action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
