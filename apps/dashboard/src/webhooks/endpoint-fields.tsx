import { Checkbox, Radio, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { ReactNode } from 'react'
import { FormEnd } from '../parts/form-end.tsx'
import { fieldErrorsOf } from '../platform/describe-error.ts'
import { EVENT_TYPES, EVENT_WORDS } from './endpoint.ts'
import { type EndpointForm, missingIn } from './endpoint-form.ts'

interface EndpointFieldsProps {
  readonly initial: EndpointForm
  /** The label of the button. */
  readonly action: string
  /** Why it could not be saved. */
  readonly error: Error | null
  readonly onSubmit: (form: EndpointForm) => Promise<unknown>
  readonly onCancel: () => void
}

/** The URL of an endpoint, and the events it receives. */
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
          label="URL"
          description="An https URL of your back end. Each event is sent there as a signed POST request."
          placeholder="https://shop.example/stagedoor-events"
          type="url"
          maxLength={1_024}
          data-autofocus
          {...form.getInputProps('url')}
        />
        <Radio.Group label="Events" {...form.getInputProps('wants')}>
          <Stack gap="xs" mt="xs">
            <Radio value="all" label="All events" description="Includes event types added later." />
            <Radio value="some" label="Selected events" />
          </Stack>
        </Radio.Group>
        {form.values.wants === 'some' && (
          <Checkbox.Group aria-label="Selected events" {...form.getInputProps('types')} value={[...form.values.types]}>
            <Stack gap="xs" pl="xl">
              {EVENT_TYPES.map((type) => (
                <Checkbox key={type} value={type} label={EVENT_WORDS[type].what} description={EVENT_WORDS[type].when} />
              ))}
            </Stack>
          </Checkbox.Group>
        )}
        <TextInput
          label="Description"
          description="Optional. Only your team sees it."
          maxLength={200}
          {...form.getInputProps('description')}
        />
        <FormEnd
          error={error}
          fields={['url', 'types', 'description']}
          action={action}
          isBusy={form.submitting}
          onCancel={onCancel}
        />
      </Stack>
    </form>
  )
}
