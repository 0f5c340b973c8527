import { ActionIcon, Anchor, Button, Grid, Group, Stack, Table, TextInput, Tooltip } from '@mantine/core'
import { useThrottledCallback } from '@mantine/hooks'
import { AdminError, type components } from '@stagedoor/admin'
import { IconMicrophoneOff, IconVideoOff } from '@tabler/icons-react'
import { getRouteApi, Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { Page, Section } from '../parts/page.tsx'
import { Scroller } from '../parts/scroller.tsx'
import { Empty, Failure, Loading } from '../parts/states.tsx'
import { admin } from '../platform/admin.ts'
import { May, useMay } from '../platform/me.tsx'
import { useAnswer } from '../platform/use-answer.ts'
import { useChange } from '../platform/use-change.ts'
import { useLive } from '../platform/use-live.ts'
import { Eject } from './eject.tsx'
import { Liveness } from './liveness.tsx'
import { MembersGraph } from './members-graph.tsx'

type Conversation = components['schemas']['ConversationWithMembers']
type Member = Conversation['members'][number]

const route = getRouteApi('/logged-in/keys/$key/live/$conversation')
const READ_ANEW_MS = 500
/** Who receives whom changes without the stream of events saying so. */
const LOOK_MS = 4_000

/** A conversation: who is in it, who publishes, who receives; and what its owner may do about that. */
export function ConversationPage(): ReactNode {
  const { key, conversation: name } = route.useParams()
  const [chosen, setChosen] = useState<string>()
  const [ejecting, setEjecting] = useState<Member>()
  const answer = useAnswer(
    '/api/v1/keys/{key}/conversations/{conversation}',
    [{ params: { path: { key, conversation: name } } }],
    { refetchInterval: LOOK_MS },
  )
  const readAnew = useThrottledCallback(() => void answer.refetch(), READ_ANEW_MS)
  const connection = useLive(key, {
    hello: readAnew,
    resync: readAnew,
    sessions: readAnew,
    conversations({ changed, ended }) {
      if (ended.includes(name) || changed.some((one) => one.name === name)) readAnew()
    },
  })
  const hasEnded = answer.error instanceof AdminError && answer.error.status === 404
  const { data } = answer
  if (answer.error !== null && !hasEnded) return <Failure error={answer.error} retry={readAnew} />
  return (
    <Page
      title={name}
      lead="A conversation: who is in it, who publishes and who receives."
      actions={<Liveness connection={connection} count={hasEnded ? 0 : (data?.members.length ?? 0)} what="member" />}
    >
      {hasEnded && (
        <Empty
          title="Nobody is in it any more"
          action={
            <Anchor
              renderRoot={(props) => (
                <Link to="/keys/$key/live" params={{ key }} search={{ view: 'conversations' }} {...props} />
              )}
            >
              To the other conversations
            </Anchor>
          }
        >
          A conversation is there for as long as somebody is in it.
        </Empty>
      )}
      {!hasEnded && data === undefined && <Loading lines={6} />}
      {!hasEnded && data !== undefined && (
        <Grid gap="xl">
          <Grid.Col span={{ base: 12, lg: 5 }}>
            <MembersGraph conversation={data} chosen={chosen} onChoose={setChosen} />
          </Grid.Col>
          <Grid.Col span={{ base: 12, lg: 7 }} component={Stack}>
            <Members apiKey={key} conversation={data} onChoose={setChosen} onEject={setEjecting} />
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

interface MembersProps {
  readonly apiKey: string
  readonly conversation: Conversation
  readonly onChoose: (sessionId: string | undefined) => void
  readonly onEject: (member: Member) => void
}

function Members({ apiKey, conversation, onChoose, onEject }: MembersProps): ReactNode {
  const { members, streams, name } = conversation
  const mayWrite = useMay('sessions:write', apiKey)
  const mute = useChange(
    (body: { sessionId: string; streamId: string; audio: boolean; video: boolean }) =>
      admin.post('/api/v1/keys/{key}/conversations/{conversation}/mute', {
        params: { path: { key: apiKey, conversation: name } },
        body,
      }),
    { done: 'The publisher is asked to, and the others are told.' },
  )
  return (
    <Section title="Members">
      <Scroller label="Members">
        <Table verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>User</Table.Th>
              <Table.Th>Role</Table.Th>
              <Table.Th>Publishes</Table.Th>
              <Table.Th>Receives</Table.Th>
              {mayWrite && <Table.Th aria-label="What can be done" />}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {members.map((member) => {
              const { sessionId, userId, role } = member
              const own = streams.filter(({ publisher }) => publisher === sessionId)
              const receives = streams.filter(({ subscribers }) => subscribers.includes(sessionId)).length
              const [first] = own
              const ask = (what: { audio: boolean; video: boolean }) => {
                for (const { streamId } of own) mute.mutate({ sessionId, streamId, ...what })
              }
              return (
                <Table.Tr
                  key={sessionId}
                  onMouseEnter={() => onChoose(sessionId)}
                  onMouseLeave={() => onChoose(undefined)}
                  onFocus={() => onChoose(sessionId)}
                  onBlur={() => onChoose(undefined)}
                >
                  <Table.Td fw={600}>{userId}</Table.Td>
                  <Table.Td>{role}</Table.Td>
                  <Table.Td>{own.length}</Table.Td>
                  <Table.Td>{receives}</Table.Td>
                  {mayWrite && (
                    <Table.Td>
                      <Group gap={4} wrap="nowrap" justify="flex-end">
                        {first !== undefined && (
                          <>
                            <Icon label={`Mute ${userId}`} onClick={() => ask({ audio: true, video: false })}>
                              <IconMicrophoneOff size={16} />
                            </Icon>
                            <Icon
                              label={`Turn off the camera of ${userId}`}
                              onClick={() => ask({ audio: false, video: true })}
                            >
                              <IconVideoOff size={16} />
                            </Icon>
                          </>
                        )}
                        <Button
                          variant="default"
                          size="xs"
                          aria-label={`Eject ${userId}`}
                          onClick={() => onEject(member)}
                        >
                          Eject
                        </Button>
                      </Group>
                    </Table.Td>
                  )}
                </Table.Tr>
              )
            })}
          </Table.Tbody>
        </Table>
      </Scroller>
    </Section>
  )
}

interface IconProps {
  readonly label: string
  readonly onClick: () => void
  readonly children: ReactNode
}

function Icon({ label, onClick, children }: IconProps): ReactNode {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="default" aria-label={label} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  )
}

/** The longest message (docs: `announcement`). */
const MAX_MESSAGE_LENGTH = 4_000

function Announce({ apiKey, conversation }: { readonly apiKey: string; readonly conversation: string }): ReactNode {
  const [text, setText] = useState('')
  const announce = useChange(
    () =>
      admin.post('/api/v1/keys/{key}/conversations/{conversation}/messages', {
        params: { path: { key: apiKey, conversation } },
        body: { text: text.trim() },
      }),
    { done: ({ heardBy }) => `${heardBy} member${heardBy === 1 ? ' was' : 's were'} told.` },
  )
  return (
    <Section title="Say something to everybody" lead="It comes as a word of the application, not of a member.">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          // What was written stays where it could not be said.
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
            placeholder="We close in five minutes"
            flex={1}
            maxLength={MAX_MESSAGE_LENGTH}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Button type="submit" loading={announce.isPending} disabled={text.trim() === ''}>
            Say it
          </Button>
        </Group>
      </form>
    </Section>
  )
}
