import { notifications } from '@mantine/notifications'
import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query'
import { describeError } from './describe-error.ts'

interface ChangeOptions<Input, Output> {
  /** The API paths to refresh after the change. */
  readonly touches?: readonly string[]
  /** The notification after success. */
  readonly done?: string | ((output: Output, input: Input) => string)
  /** Whether a failure shows a notification. Default: yes; `false` if the caller shows the error itself. */
  readonly sayFailure?: boolean
}

/** A change through the API. */
export function useChange<Input, Output>(
  change: (input: Input) => Promise<Output>,
  { touches = [], done, sayFailure = true }: ChangeOptions<Input, Output> = {},
): UseMutationResult<Output, Error, Input> {
  const questions = useQueryClient()
  return useMutation<Output, Error, Input>({
    mutationFn: change,
    async onSuccess(output, input) {
      const message = typeof done === 'function' ? done(output, input) : done
      if (message !== undefined) notifications.show({ message, color: 'teal' })
      await Promise.all(touches.map((path) => questions.invalidateQueries({ queryKey: [path] })))
    },
    onError(error) {
      if (sayFailure) notifications.show({ message: describeError(error), color: 'red', autoClose: 8_000 })
    },
  })
}
