import { Alert, Button, Group } from '@mantine/core'
import type { ReactNode } from 'react'
import { describeError } from '../platform/describe-error.ts'

/** What is in the way of a form, in its place. */
export function FormError({ error }: { readonly error: unknown }): ReactNode {
  if (error === null || error === undefined) return null
  return (
    <Alert color="red" role="alert">
      {describeError(error)}
    </Alert>
  )
}

interface FormEndProps {
  readonly error: unknown
  /** The word on the button: what it does. */
  readonly action: string
  readonly isBusy?: boolean
  readonly onCancel: () => void
}

/** The end of a form in a dialog: what is in the way, and the two ways out. */
export function FormEnd({ error, action, isBusy = false, onCancel }: FormEndProps): ReactNode {
  return (
    <>
      <FormError error={error} />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onCancel}>
          Cancel
        </Button>
        <Button type="submit" loading={isBusy}>
          {action}
        </Button>
      </Group>
    </>
  )
}
