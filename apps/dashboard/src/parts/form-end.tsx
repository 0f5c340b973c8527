import { Alert, Button, Group } from '@mantine/core'
import type { ReactNode } from 'react'
import { describeError } from '../platform/describe-error.ts'

interface FormErrorProps {
  readonly error: unknown
  /** The fields of the form that show their own errors. */
  readonly fields?: readonly string[]
}

/** The error of a form, except what its fields show. */
export function FormError({ error, fields = [] }: FormErrorProps): ReactNode {
  if (error === null || error === undefined) return null
  return (
    <Alert color="red" role="alert">
      {describeError(error, fields)}
    </Alert>
  )
}

interface FormEndProps {
  readonly error: unknown
  /** The fields of the form that show their own errors. */
  readonly fields?: readonly string[]
  /** The label of the button: what it does. */
  readonly action: string
  readonly isBusy?: boolean
  readonly onCancel: () => void
}

/** The end of a form in a dialog: its error, and the buttons. */
export function FormEnd({ error, fields = [], action, isBusy = false, onCancel }: FormEndProps): ReactNode {
  return (
    <>
      <FormError error={error} fields={fields} />
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
