import { Button, Group, SimpleGrid, Stack, Text, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { type ReactNode, useRef, useState } from 'react'
import { CodeTabs } from '../minting/code-tabs.tsx'
import { DurationInput } from '../parts/duration-input.tsx'
import { FormError } from '../parts/form-end.tsx'
import { Section } from '../parts/page.tsx'
import { admin } from '../platform/admin.ts'
import { fieldErrorsOf } from '../platform/describe-error.ts'
import { May } from '../platform/me.tsx'
import { PLATFORM_URL } from '../platform/platform-url.ts'
import { useAnswer } from '../platform/use-answer.ts'
import { useChange } from '../platform/use-change.ts'
import { GrantFields } from './grant-fields.tsx'
import { conversationsOf, type Grant, missingIn, type TokenForm } from './token-form.ts'

const DAY = 86_400
/** The most conversations that one token can name. */
const MAX_GRANTS = 20

interface BuildTokenProps {
  readonly apiKey: string
  readonly onMinted: (token: string) => void
}

/** Builds a token: the code that mints it, and the token itself for those who can mint. */
export function BuildToken({ apiKey, onMinted }: BuildTokenProps): ReactNode {
  const [form, setForm] = useState<TokenForm>({ userId: 'alice', ttlSeconds: 600, grants: [] })
  const nextId = useRef(0)
  const policy = useAnswer('/api/v1/keys/{key}', [{ params: { path: { key: apiKey } } }]).data?.policy
  const set = (part: Partial<TokenForm>) => setForm((before) => ({ ...before, ...part }))
  const setGrant = (grant: Grant) => set({ grants: form.grants.map((one) => (one.id === grant.id ? grant : one)) })
  const missing = missingIn(form)
  const conversations = conversationsOf(form)
  const mint = useChange(
    () =>
      admin.post('/api/v1/keys/{key}/tokens', {
        params: { path: { key: apiKey } },
        body: {
          id: form.userId.trim(),
          ttlSeconds: form.ttlSeconds,
          ...(conversations !== undefined && { conversations }),
        },
      }),
    { sayFailure: false },
  )
  const errors = fieldErrorsOf(mint.error)
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
      <Stack gap="md">
        <TextInput
          label="User id"
          description="The id of the user in your application."
          maxLength={256}
          value={form.userId}
          error={errors['id']}
          onChange={(event) => set({ userId: event.currentTarget.value })}
        />
        <DurationInput
          label="Lifetime"
          description="Keep it short: clients renew their token before it expires."
          value={form.ttlSeconds}
          max={policy?.maxTtlSeconds ?? DAY}
          error={errors['ttlSeconds']}
          onChange={(ttlSeconds) => set({ ttlSeconds })}
        />
        <Section
          title="Conversations"
          lead="Without any, the token allows every conversation, with the default permissions of the policy."
        >
          {form.grants.map((grant) => (
            <GrantFields
              key={grant.id}
              grant={grant}
              onChange={setGrant}
              onRemove={() => set({ grants: form.grants.filter(({ id }) => id !== grant.id) })}
            />
          ))}
          <Button
            variant="default"
            w="fit-content"
            leftSection={<IconPlus size={16} aria-hidden />}
            disabled={form.grants.length >= MAX_GRANTS}
            onClick={() => {
              const grant: Grant = {
                id: nextId.current++,
                name: '',
                role: 'contributor',
                publish: ['audio', 'video', 'screen', 'data'],
                subscribe: true,
              }
              set({ grants: [...form.grants, grant] })
            }}
          >
            Add conversation
          </Button>
        </Section>
        <May right="tokens:mint" apiKey={apiKey}>
          <FormError error={mint.error} fields={['id', 'ttlSeconds']} />
          <Group>
            <Button
              loading={mint.isPending}
              disabled={missing !== undefined}
              onClick={() =>
                mint.mutateAsync(undefined).then(
                  ({ token }) => onMinted(token),
                  () => {},
                )
              }
            >
              Mint and check
            </Button>
            {missing !== undefined && (
              <Text size="sm" c="dimmed">
                {missing}
              </Text>
            )}
          </Group>
        </May>
      </Stack>
      <Section title="Code that mints this token" lead="For your back end. Keep the secret there.">
        <CodeTabs
          url={PLATFORM_URL}
          userId={form.userId.trim()}
          ttlSeconds={form.ttlSeconds}
          {...(conversations !== undefined && { conversations })}
        />
      </Section>
    </SimpleGrid>
  )
}
