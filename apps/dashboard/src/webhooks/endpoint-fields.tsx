import { Checkbox, Radio, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { ReactNode } from 'react'
import { FormEnd } from '../parts/form-end.tsx'
import { fieldErrorsOf } from '../platform/describe-error.ts'
import { EVENT_TYPES, EVENT_WORDS } from './endpoint.ts'
import { type EndpointForm, missingIn } from './endpoint-form.ts'

interface EndpointFieldsProps {
  readonly initial: EndpointForm
  /** The word on the button. */
  readonly action: string
  /** What was in the way when it was sent last. */
  readonly error: Error | null
  readonly onSubmit: (form: EndpointForm) => Promise<unknown>
  readonly onCancel: () => void
}

/** Where events are sent, and which. */
export function EndpointFields({ initial, action, error, onSubmit, onCancel }: EndpointFieldsProps): ReactNode {
  const form = useForm<EndpointForm>({ initialValues: initial, validate: missingIn })
  return (
    <form
      noValidate
      onSubmit={form.onSubmit((values) =>
        onSubmit(values).then(
          () => {},
          (failure) => form.setErrors(fieldErrorsOf(failure)),
        ),
      )}
    >
      <Stack gap="md">
        <TextInput
          label="Address"
          description="Of your back end, over https. Each event is posted there, signed."
          placeholder="https://shop.example/stagedoor-events"
          type="url"
          maxLength={1_024}
          data-autofocus
          {...form.getInputProps('url')}
        />
        <Radio.Group label="What it is told" {...form.getInputProps('wants')}>
          <Stack gap="xs" mt="xs">
            <Radio value="all" label="Everything" description="Also what there will be to tell later on." />
            <Radio value="some" label="Some of it" />
          </Stack>
        </Radio.Group>
        {form.values.wants === 'some' && (
          <Checkbox.Group aria-label="Events" {...form.getInputProps('types')} value={[...form.values.types]}>
            <Stack gap="xs" pl="xl">
              {EVENT_TYPES.map((type) => (
                <Checkbox key={type} value={type} label={EVENT_WORDS[type].what} description={EVENT_WORDS[type].when} />
              ))}
            </Stack>
          </Checkbox.Group>
        )}
        <TextInput
          label="Description"
          description="For your own eyes; it may stay empty."
          maxLength={200}
          {...form.getInputProps('description')}
        />
        <FormEnd error={error} action={action} isBusy={form.submitting} onCancel={onCancel} />
      </Stack>
    </form>
  )
}
