import { Button, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { type ReactNode, useState } from 'react'
import { envLines } from '../minting/code-samples.ts'
import { CodeTabs } from '../minting/code-tabs.tsx'
import { Page, Section } from '../parts/page.tsx'
import { SecretOnce } from '../parts/secret-once.tsx'
import { admin } from '../platform/admin.ts'
import { PLATFORM_URL } from '../platform/platform-url.ts'
import { useChange } from '../platform/use-change.ts'
import { CallButtons } from './call-buttons.tsx'

/** The first steps: an API key with its secret, code that mints tokens, and a call between two users. */
export function FirstCall(): ReactNode {
  const createKey = useChange((name: string) => admin.post('/api/v1/keys', { body: { name } }), {
    touches: ['/api/v1/keys'],
  })
  const created = createKey.data
  const [userId] = useState('alice')
  return (
    <Page
      title="Your first call"
      lead="Three steps: create an API key, mint a token in your back end, and make a call between two users."
    >
      <Section title="1. Create an API key" lead="One for each of your applications.">
        {created === undefined ? (
          <KeyForm onSubmit={(name) => createKey.mutate(name)} isBusy={createKey.isPending} />
        ) : (
          <SecretOnce what="secret" lines={envLines(created.apiKey, created.secret.secret)} fileName="stagedoor.env" />
        )}
      </Section>
      {created !== undefined && (
        <>
          <Section
            title="2. Mint a token in your back end"
            lead="For the user who is signed in to your application. The code reads the API key and the secret from its environment."
          >
            <CodeTabs url={PLATFORM_URL} userId={userId} ttlSeconds={600} />
          </Section>
          <Section
            title="3. Make a call"
            lead="Each button opens the demo in a new tab and joins as that user. The platform mints their tokens with your login."
          >
            <CallButtons apiKey={created.apiKey} />
          </Section>
        </>
      )}
    </Page>
  )
}

interface KeyFormProps {
  readonly onSubmit: (name: string) => void
  readonly isBusy: boolean
}

function KeyForm({ onSubmit, isBusy }: KeyFormProps): ReactNode {
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { name: 'My application' },
    validate: { name: (value) => (value.trim() === '' ? 'Enter a name.' : null) },
  })
  return (
    <form noValidate onSubmit={form.onSubmit(({ name }) => onSubmit(name))}>
      <Stack gap="md" maw="24rem">
        <TextInput
          label="Name"
          description="Only your team sees it. You can change it later."
          maxLength={100}
          key={form.key('name')}
          {...form.getInputProps('name')}
        />
        <Button type="submit" loading={isBusy} w="fit-content">
          Create API key
        </Button>
      </Stack>
    </form>
  )
}
