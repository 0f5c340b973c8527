import { Alert, Button, Checkbox, Group, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { FormError } from '../parts/form-end.tsx'
import { Section } from '../parts/page.tsx'
import { admin } from '../platform/admin.ts'
import { useChange } from '../platform/use-change.ts'
import { readToken, userOf } from './read-token.ts'
import { TokenParts } from './token-parts.tsx'
import { Verdict } from './verdict.tsx'

type Publication = 'audio' | 'video' | 'screen' | 'data'

/** The longest token that the API takes. */
const MAX_TOKEN_TEXT = 16_384

interface CheckTokenProps {
  readonly apiKey: string
  readonly token: string
  readonly onToken: (token: string) => void
}

/** Decodes a token, and shows whether it would be accepted and why. */
export function CheckToken({ apiKey, token, onToken }: CheckTokenProps): ReactNode {
  const [question, setQuestion] = useState({ user: '', conversation: '', origin: '', publish: [] as Publication[] })
  const read = token.trim() === '' ? undefined : readToken(token)
  const named = read?.ok === true ? userOf(read.claims) : undefined
  const id = question.user.trim() || named
  const explain = useChange(
    () => {
      const { conversation, origin, publish } = question
      return admin.post('/api/v1/keys/{key}/explain', {
        params: { path: { key: apiKey } },
        body: {
          id: id ?? '',
          ...(token.trim() !== '' && { token: token.trim().replace(/^Bearer\s+/i, '') }),
          ...(origin.trim() !== '' && { origin: origin.trim() }),
          ...(conversation.trim() !== '' && { conversation: conversation.trim() }),
          publish: conversation.trim() === '' ? [] : publish,
        },
      })
    },
    { sayFailure: false },
  )
  const ask = (part: Partial<typeof question>) => {
    explain.reset()
    setQuestion((before) => ({ ...before, ...part }))
  }
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
      <Stack gap="md">
        <Textarea
          label="Token"
          description="Decoded in this page. To check it, it is sent to your platform, which does not store it."
          autosize
          minRows={5}
          maxRows={12}
          maxLength={MAX_TOKEN_TEXT}
          spellCheck={false}
          autoComplete="off"
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', overflowWrap: 'anywhere' } }}
          value={token}
          onChange={(event) => {
            explain.reset()
            onToken(event.currentTarget.value)
          }}
        />
        <form
          onSubmit={(event) => {
            event.preventDefault()
            if (id !== undefined) explain.mutate(undefined)
          }}
        >
          <Stack gap="md">
            <TextInput
              label="User id"
              description="The user who registers with the token."
              placeholder={named ?? ''}
              maxLength={256}
              value={question.user}
              onChange={(event) => ask({ user: event.currentTarget.value })}
            />
            <TextInput
              label="Origin"
              description="The origin of the web page. Leave empty for a program without one."
              placeholder="https://shop.example"
              maxLength={256}
              value={question.origin}
              onChange={(event) => ask({ origin: event.currentTarget.value })}
            />
            <TextInput
              label="Conversation"
              description="Leave empty to check registration only."
              maxLength={128}
              value={question.conversation}
              onChange={(event) => ask({ conversation: event.currentTarget.value })}
            />
            {question.conversation.trim() !== '' && (
              <Checkbox.Group
                label="Publish"
                value={question.publish}
                onChange={(publish) => ask({ publish: publish as Publication[] })}
              >
                <Group mt="xs">
                  {['audio', 'video', 'screen', 'data'].map((kind) => (
                    <Checkbox key={kind} value={kind} label={kind} />
                  ))}
                </Group>
              </Checkbox.Group>
            )}
            <Group>
              <Button type="submit" loading={explain.isPending} disabled={id === undefined}>
                Check token
              </Button>
              {id === undefined && (
                <Text size="sm" c="dimmed">
                  Enter a user id.
                </Text>
              )}
            </Group>
          </Stack>
        </form>
      </Stack>
      <Stack gap="xl">
        <FormError error={explain.error} />
        {explain.data !== undefined && <Verdict dryRun={explain.data} />}
        {read?.ok === false && <Alert color="yellow">{read.reason}</Alert>}
        {read?.ok === true && (
          <Section title="Contents" lead="Decoded but not verified. Check the token to verify it.">
            <TokenParts header={read.header} claims={read.claims} />
          </Section>
        )}
        {read === undefined && (
          <Text c="dimmed" size="sm">
            Paste a token to decode it. Leave it empty to check whether a user can register without one.
          </Text>
        )}
      </Stack>
    </SimpleGrid>
  )
}
