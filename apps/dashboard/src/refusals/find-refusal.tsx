import { Button, Group, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { admin } from '../platform/admin.ts'
import { describeError } from '../platform/describe-error.ts'
import { useChange } from '../platform/use-change.ts'

/** Finds a refusal of any API key by the id that a user reports. */
export function FindRefusal(): ReactNode {
  const navigate = useNavigate()
  const [written, setWritten] = useState('')
  const find = useChange(
    (refusalId: string) => admin.get('/api/v1/refusals/{refusalId}', { params: { path: { refusalId } } }),
    { sayFailure: false },
  )
  async function submit() {
    const refusalId = written.trim()
    if (refusalId === '') return
    const found = await find.mutateAsync(refusalId).catch(() => undefined)
    if (found === undefined) return
    await navigate({
      to: '/keys/$key/refusals/$refusalId',
      params: { key: found.apiKey, refusalId: found.refusalId },
    })
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <Group gap="xs" align="flex-start" wrap="nowrap">
        <TextInput
          aria-label="Refusal id"
          placeholder="Refusal id from a user"
          flex={1}
          miw={0}
          maw="17rem"
          maxLength={64}
          value={written}
          error={find.error === null ? undefined : describeError(find.error)}
          onChange={(event) => {
            setWritten(event.currentTarget.value)
            find.reset()
          }}
        />
        <Button type="submit" flex="none" loading={find.isPending}>
          Find
        </Button>
      </Group>
    </form>
  )
}
