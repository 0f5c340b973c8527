import { Alert, Button, Grid, Group, Paper, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { AdminError } from '@stagedoor/admin'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useBlocker } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { Confirm } from '../parts/confirm.tsx'
import { LiveEffect } from '../parts/live-effect.tsx'
import { Page } from '../parts/page.tsx'
import { Failure, Loading } from '../parts/states.tsx'
import { admin } from '../platform/admin.ts'
import { API_KEY_PATHS, type ApiKey } from '../platform/api-key.ts'
import { describeError, fieldErrorsOf } from '../platform/describe-error.ts'
import { useMay } from '../platform/me.tsx'
import { useChange } from '../platform/use-change.ts'
import type { Policy } from './policy.ts'
import { changeBetween } from './policy-change.ts'
import { PolicyForm } from './policy-form.tsx'
import { Sentences } from './sentences.tsx'
import { usePreview } from './use-preview.ts'

const route = getRouteApi('/logged-in/keys/$key')

/** Who is let in under an API key, and for how long: in words, and as a form for those who may change it. */
export function PolicyPage(): ReactNode {
  const { key } = route.useParams()
  const mayWrite = useMay('keys:write', key)
  const read = useQuery({
    queryKey: ['/api/v1/keys/{key}', 'with its tag', key],
    queryFn: async () => {
      const { data, response } = await admin.raw.GET('/api/v1/keys/{key}', { params: { path: { key } } })
      return { apiKey: data as ApiKey, tag: response.headers.get('etag') ?? '*' }
    },
    // Read anew under somebody who writes, it would take what they have written: whoever was faster is told of at saving.
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  return (
    <Page
      title={read.data === undefined ? 'Policy' : `Policy of ${read.data.apiKey.name}`}
      lead="Who is let in, for how long, and what they may do. It acts on the next admission and, where it narrows, on live sessions."
    >
      {read.error !== null && <Failure error={read.error} retry={() => void read.refetch()} />}
      {read.data === undefined && read.error === null && <Loading lines={8} />}
      {read.data !== undefined &&
        (mayWrite ? (
          <Editor key={`${key} ${read.data.tag}`} {...read.data} reload={() => void read.refetch()} />
        ) : (
          <Paper withBorder p="lg">
            <Sentences sentences={read.data.apiKey.policyInWords} />
          </Paper>
        ))}
    </Page>
  )
}

interface EditorProps {
  readonly apiKey: ApiKey
  readonly tag: string
  readonly reload: () => void
}

function Editor({ apiKey, tag, reload }: EditorProps): ReactNode {
  const questions = useQueryClient()
  const before = apiKey.policy
  const [policy, setPolicy] = useState<Policy>(before)
  const change = changeBetween(before, policy)
  const isChanged = Object.keys(change).length > 0
  const preview = usePreview(apiKey.apiKey, change)
  const write = (policyChange: object, headers: Record<string, string>) =>
    admin.patch('/api/v1/keys/{key}', {
      params: { path: { key: apiKey.apiKey } },
      headers,
      body: { policy: policyChange },
    })
  const save = useChange((match: string) => write(change, { 'if-match': match }), { sayFailure: false })
  const leaving = useBlocker({ shouldBlockFn: () => isChanged, enableBeforeUnload: isChanged, withResolver: true })

  async function submit(match: string) {
    const saved = await save.mutateAsync(match).catch(() => undefined)
    if (saved === undefined) return
    const undo = () =>
      write(changeBetween(saved.policy, before), {}).then(refresh, (error) =>
        notifications.show({ message: describeError(error), color: 'red' }),
      )
    notifications.show({
      id: 'policy-saved',
      color: 'teal',
      autoClose: 15_000,
      message: (
        <Group justify="space-between">
          The policy is saved.
          <Button
            variant="default"
            size="xs"
            onClick={() => void undo().then(() => notifications.hide('policy-saved'))}
          >
            Undo
          </Button>
        </Group>
      ),
    })
    await refresh()
  }
  const refresh = () => Promise.all(API_KEY_PATHS.map((path) => questions.invalidateQueries({ queryKey: [path] })))

  return (
    <Grid gap="xl">
      {leaving.status === 'blocked' && (
        <Confirm
          title="Leave without saving?"
          action="Leave"
          onConfirm={async () => leaving.proceed()}
          onClose={() => leaving.reset()}
        >
          What you have changed in the policy is lost then.
        </Confirm>
      )}
      <Grid.Col span={{ base: 12, md: 7 }}>
        <PolicyForm
          policy={policy}
          errors={errorsByDecision(save.error)}
          onChange={(part) => setPolicy((now) => ({ ...now, ...part }))}
        />
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 5 }}>
        <Paper withBorder p="lg" pos="sticky" top={76}>
          <Stack gap="md">
            <Text fw={600}>{isChanged ? 'What it would say' : 'What it says'}</Text>
            <Sentences
              sentences={preview.data?.policyInWords ?? apiKey.policyInWords}
              fresh={preview.data?.sentences}
            />
            {preview.data != null && <LiveEffect {...preview.data} />}
            {preview.error !== null && <Alert color="yellow">{describeError(preview.error)}</Alert>}
            <SaveError error={save.error} onReload={reload} onOverwrite={() => void submit('*')} />
            <Group gap="xs">
              <Button disabled={!isChanged} loading={save.isPending} onClick={() => void submit(tag)}>
                Save
              </Button>
              <Button variant="default" disabled={!isChanged} onClick={() => setPolicy(before)}>
                Put back
              </Button>
            </Group>
          </Stack>
        </Paper>
      </Grid.Col>
    </Grid>
  )
}

interface SaveErrorProps {
  readonly error: Error | null
  readonly onReload: () => void
  readonly onOverwrite: () => void
}

function SaveError({ error, onReload, onOverwrite }: SaveErrorProps): ReactNode {
  if (error === null) return null
  if (!(error instanceof AdminError) || error.status !== 412) {
    return (
      <Alert color="red" role="alert">
        {describeError(error)}
      </Alert>
    )
  }
  return (
    <Alert color="yellow" role="alert" title="Somebody changed it meanwhile">
      <Stack gap="sm">
        What you have changed is still here. Save it over theirs, or read theirs and begin anew.
        <Group gap="xs">
          <Button size="xs" onClick={onOverwrite}>
            Save mine
          </Button>
          <Button size="xs" variant="default" onClick={onReload}>
            Read theirs
          </Button>
        </Group>
      </Stack>
    </Alert>
  )
}

/** The API names the fields of the request: `policy.origins.0` is about the origins. */
function errorsByDecision(error: unknown): Readonly<Record<string, string>> {
  const named = Object.entries(fieldErrorsOf(error)).map(([field, message]) => [
    field.replace(/^policy\./, '').replace(/\.\d+$/, ''),
    message,
  ])
  return Object.fromEntries(named)
}
