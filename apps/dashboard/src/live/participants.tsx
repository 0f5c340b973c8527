import { ActionIcon, Button, Group, Stack, Table, Text, Tooltip } from '@mantine/core'
import type { components } from '@stagedoor/admin'
import { IconMicrophoneOff, IconVideoOff } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Section } from '../parts/page.tsx'
import { Scroller } from '../parts/scroller.tsx'
import { admin } from '../platform/admin.ts'
import { useMay } from '../platform/me.tsx'
import { useChange } from '../platform/use-change.ts'
import { isMuted, type Stream, streamInWords } from './stream-in-words.ts'

type Conversation = components['schemas']['ConversationWithMembers']
type Member = Conversation['members'][number]

interface ParticipantsProps {
  readonly apiKey: string
  readonly conversation: Conversation
  readonly onChoose: (sessionId: string | undefined) => void
  readonly onEject: (member: Member) => void
  readonly onMuted: () => void
}

/** The participants of a conversation, with their streams and the actions to mute and eject them. */
export function Participants({ apiKey, conversation, onChoose, onEject, onMuted }: ParticipantsProps): ReactNode {
  const { members, streams, name } = conversation
  const mayWrite = useMay('sessions:write', apiKey)
  const mute = useChange(
    (body: { sessionId: string; streamId: string; audio: boolean; video: boolean }) =>
      admin.post('/api/v1/keys/{key}/conversations/{conversation}/mute', {
        params: { path: { key: apiKey, conversation: name } },
        body,
      }),
    { done: 'Mute request sent.' },
  )
  return (
    <Section title="Participants">
      <Scroller label="Participants">
        <Table verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>User</Table.Th>
              <Table.Th>Role</Table.Th>
              <Table.Th>Publishes</Table.Th>
              <Table.Th>Receives</Table.Th>
              {mayWrite && <Table.Th aria-label="Actions" />}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {members.map((member) => {
              const { sessionId, userId, role } = member
              const own = streams.filter(({ publisher }) => publisher === sessionId)
              const receives = streams.filter(({ subscribers }) => subscribers.includes(sessionId)).length
              const muteOwn = async (what: { audio: boolean; video: boolean }) => {
                await Promise.allSettled(own.map(({ streamId }) => mute.mutateAsync({ sessionId, streamId, ...what })))
                onMuted()
              }
              return (
                <Table.Tr
                  key={sessionId}
                  onMouseEnter={() => onChoose(sessionId)}
                  onMouseLeave={() => onChoose(undefined)}
                  onFocus={() => onChoose(sessionId)}
                  onBlur={() => onChoose(undefined)}
                >
                  <Table.Td data-label="User" fw={600}>
                    {userId}
                  </Table.Td>
                  <Table.Td data-label="Role">{role}</Table.Td>
                  <Table.Td data-label="Publishes">
                    <Streams streams={own} />
                  </Table.Td>
                  <Table.Td data-label="Receives">{receives}</Table.Td>
                  {mayWrite && (
                    <Table.Td>
                      <Group gap={4} wrap="nowrap" justify="flex-end">
                        {own.length > 0 && (
                          <>
                            <Icon label={`Mute ${userId}`} onClick={() => muteOwn({ audio: true, video: false })}>
                              <IconMicrophoneOff size={16} />
                            </Icon>
                            <Icon
                              label={`Turn off ${userId}’s camera`}
                              onClick={() => muteOwn({ audio: false, video: true })}
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

function Streams({ streams }: { readonly streams: readonly Stream[] }): ReactNode {
  if (streams.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        Nothing
      </Text>
    )
  }
  return (
    <Stack gap={0}>
      {streams.map((stream) => (
        <Text key={stream.streamId} size="sm" {...(isMuted(stream) && { c: 'var(--mantine-color-error)' })}>
          {streamInWords(stream)}
        </Text>
      ))}
    </Stack>
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
