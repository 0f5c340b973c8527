import { Anchor, Button, Grid, Group, Stack, TextInput } from '@mantine/core'
import { useThrottledCallback } from '@mantine/hooks'
import { AdminError, type components } from '@stagedoor/admin'
import { getRouteApi, Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { Page, Section } from '../parts/page.tsx'
import { Empty, Failure, Loading } from '../parts/states.tsx'
import { admin } from '../platform/admin.ts'
import { May } from '../platform/me.tsx'
import { useAnswer } from '../platform/use-answer.ts'
import { useChange } from '../platform/use-change.ts'
import { useLive } from '../platform/use-live.ts'
import { Eject } from './eject.tsx'
import { Liveness } from './liveness.tsx'
import { MembersGraph } from './members-graph.tsx'
import { Participants } from './participants.tsx'

type Conversation = components['schemas']['ConversationWithMembers']
type Member = Conversation['members'][number]

const route = getRouteApi('/logged-in/keys/$key/live/$conversation')
const RELOAD_MS = 500
/** Subscriptions change without a live event, so they are polled. */
const LOOK_MS = 4_000

/** One conversation: its participants, who publishes, who receives, and the moderation of both. */
export function ConversationPage(): ReactNode {
  const { key, conversation: name } = route.useParams()
  const [chosen, setChosen] = useState<string>()
  const [ejecting, setEjecting] = useState<Member>()
  const answer = useAnswer(
    '/api/v1/keys/{key}/conversations/{conversation}',
    [{ params: { path: { key, conversation: name } } }],
    { refetchInterval: LOOK_MS },
  )
  const reload = useThrottledCallback(() => void answer.refetch(), RELOAD_MS)
  const connection = useLive(key, {
    hello: reload,
    resync: reload,
    sessions: reload,
    conversations({ changed, ended }) {
      if (ended.includes(name) || changed.some((one) => one.name === name)) reload()
    },
  })
  const hasEnded = answer.error instanceof AdminError && answer.error.status === 404
  const { data } = answer
  if (answer.error !== null && !hasEnded) return <Failure error={answer.error} retry={reload} />
  return (
    <Page
      title={name}
      lead="Who is in this conversation, who publishes and who receives."
      actions={<Liveness connection={connection} count={hasEnded ? 0 : data?.members.length} what="participant" />}
    >
      {hasEnded && (
        <Empty
          title="This conversation has ended"
          action={
            <Anchor
              renderRoot={(props) => (
                <Link to="/keys/$key/live" params={{ key }} search={{ view: 'conversations' }} {...props} />
              )}
            >
              View live conversations
            </Anchor>
          }
        >
          A conversation ends when its last participant leaves.
        </Empty>
      )}
      {!hasEnded && data === undefined && <Loading lines={6} />}
      {!hasEnded && data !== undefined && (
        <Grid gap="xl">
          <Grid.Col span={{ base: 12, lg: 5 }}>
            <MembersGraph conversation={data} chosen={chosen} onChoose={setChosen} />
          </Grid.Col>
          <Grid.Col span={{ base: 12, lg: 7 }} component={Stack}>
            <Participants
              apiKey={key}
              conversation={data}
              onChoose={setChosen}
              onEject={setEjecting}
              onMuted={reload}
            />
            <May right="sessions:write" apiKey={key}>
              <Announce apiKey={key} conversation={name} />
            </May>
          </Grid.Col>
        </Grid>
      )}
      {ejecting !== undefined && (
        <Eject session={{ ...ejecting, apiKey: key }} conversation={name} onClose={() => setEjecting(undefined)} />
      )}
    </Page>
  )
}

/** The longest announcement that the API takes. */
const MAX_MESSAGE_LENGTH = 4_000

function Announce({ apiKey, conversation }: { readonly apiKey: string; readonly conversation: string }): ReactNode {
  const [text, setText] = useState('')
  const announce = useChange(
    () =>
      admin.post('/api/v1/keys/{key}/conversations/{conversation}/messages', {
        params: { path: { key: apiKey, conversation } },
        body: { text: text.trim() },
      }),
    { done: ({ heardBy }) => `Sent to ${heardBy} participant${heardBy === 1 ? '' : 's'}.` },
  )
  return (
    <Section title="Send an announcement" lead="Sent to everyone here as the application, not as a participant.">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          // The text stays in the field if it could not be sent.
          if (text.trim() !== '')
            announce.mutateAsync(undefined).then(
              () => setText(''),
              () => {},
            )
        }}
      >
        <Group align="flex-end" wrap="nowrap">
          <TextInput
            aria-label="Message"
            placeholder="This call ends in five minutes"
            flex={1}
            maxLength={MAX_MESSAGE_LENGTH}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Button type="submit" loading={announce.isPending} disabled={text.trim() === ''}>
            Send
          </Button>
        </Group>
      </form>
    </Section>
  )
}
