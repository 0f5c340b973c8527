import { Alert, Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { describeError } from '../platform/describe-error.ts'

interface ConfirmProps {
  readonly title: string
  /** What will happen, and what will break by it. */
  readonly children: ReactNode
  /** The word on the button: what it does, never "OK". */
  readonly action: string
  /** What must be written out before the button works, where nothing brings back what is lost. */
  readonly typed?: string
  readonly onConfirm: () => Promise<unknown>
  readonly onClose: () => void
}

/** Asks before something breaks, and stays open with the reason where it cannot be done. */
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
              label={`Write "${typed}" to go on`}
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
