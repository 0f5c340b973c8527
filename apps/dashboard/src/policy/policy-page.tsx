import { Alert, Button, Grid, Group, Paper, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { AdminError } from '@stagedoor/admin'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useBlocker } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { Confirm } from '../parts/confirm.tsx'
import { FormError } from '../parts/form-end.tsx'
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

/** The policy of an API key: in words, and as a form for those who can change it. */
export function PolicyPage(): ReactNode {
  const { key } = route.useParams()
  const mayWrite = useMay('keys:write', key)
  const read = useQuery({
    queryKey: ['/api/v1/keys/{key}', 'with its tag', key],
    queryFn: async () => {
      const { data, response } = await admin.raw.GET('/api/v1/keys/{key}', { params: { path: { key } } })
      return { apiKey: data as ApiKey, tag: response.headers.get('etag') ?? '*' }
    },
    // A refetch would discard unsaved changes. Saving detects a concurrent change.
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  return (
    <Page
      title={read.data === undefined ? 'Policy' : `Policy of ${read.data.apiKey.name}`}
      lead="Who can register, for how long, and with which permissions. Changes apply to new registrations; stricter limits also apply to live sessions."
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

/** The settings that show their own errors. */
const POLICY_FIELDS = [
  'origins',
  'audience',
  'maxTtlSeconds',
  'clockSkewSeconds',
  'sessionsPerUser.most',
  'sessionsPerUserInConversation',
  'rateLimits.registrationsPerMinute',
  'rateLimits.connectionAttemptsPerMinute',
  'rateLimits.messagesPerSecond',
]

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
          Policy saved.
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
          Your changes to the policy will be lost.
        </Confirm>
      )}
      <Grid.Col span={{ base: 12, md: 7 }}>
        <PolicyForm
          policy={policy}
          errors={fieldErrorsOf(preview.error ?? save.error)}
          onChange={(part) => setPolicy((now) => ({ ...now, ...part }))}
        />
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 5 }}>
        <Paper withBorder p="lg" pos="sticky" top={76}>
          <Stack gap="md">
            <Text fw={600}>{isChanged ? 'New policy' : 'Current policy'}</Text>
            <Sentences
              sentences={preview.data?.policyInWords ?? apiKey.policyInWords}
              fresh={preview.data?.sentences}
            />
            {preview.data != null && <LiveEffect {...preview.data} />}
            {preview.error !== null && <FormError error={preview.error} fields={POLICY_FIELDS} />}
            {preview.error === null && (
              <SaveError error={save.error} onReload={reload} onOverwrite={() => void submit('*')} />
            )}
            <Group gap="xs">
              <Button disabled={!isChanged} loading={save.isPending} onClick={() => void submit(tag)}>
                Save
              </Button>
              <Button variant="default" disabled={!isChanged} onClick={() => setPolicy(before)}>
                Discard changes
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
  if (!(error instanceof AdminError) || error.status !== 412) return <FormError error={error} fields={POLICY_FIELDS} />
  return (
    <Alert color="yellow" role="alert" title="Someone else changed this policy">
      <Stack gap="sm">
        Your changes are still here. Overwrite theirs, or discard yours and load theirs.
        <Group gap="xs">
          <Button size="xs" onClick={onOverwrite}>
            Overwrite
          </Button>
          <Button size="xs" variant="default" onClick={onReload}>
            Load theirs
          </Button>
        </Group>
      </Stack>
    </Alert>
  )
}
