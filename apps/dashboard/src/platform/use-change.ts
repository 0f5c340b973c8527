import { notifications } from '@mantine/notifications'
import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query'
import { describeError } from './describe-error.ts'

interface ChangeOptions<Input, Output> {
  /** The lists and things that the change touches, by the address of the API: they are asked for anew. */
  readonly touches?: readonly string[]
  /** What to say when it is done. */
  readonly done?: string | ((output: Output, input: Input) => string)
  /** Default: a failure is said in a corner of the page. `false` where the caller shows it in its place. */
  readonly sayFailure?: boolean
}

/** A change that the API carries out. */
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
