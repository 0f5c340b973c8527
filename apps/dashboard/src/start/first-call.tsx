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

/** From nothing to a call: an API key and its secret, the code that mints with them, and two people who talk. */
export function FirstCall(): ReactNode {
  const makeKey = useChange((name: string) => admin.post('/api/v1/keys', { body: { name } }), {
    touches: ['/api/v1/keys'],
  })
  const made = makeKey.data
  const [userId] = useState('alice')
  return (
    <Page
      title="Your first call"
      lead="Three steps: an API key with its secret, the code that mints tokens with them, and two people who see each other."
    >
      <Section title="1. Make an API key" lead="One for each application that lets its users in here.">
        {made === undefined ? (
          <KeyForm onSubmit={(name) => makeKey.mutate(name)} isBusy={makeKey.isPending} />
        ) : (
          <SecretOnce what="the secret" lines={envLines(made.apiKey, made.secret.secret)} fileName="stagedoor.env" />
        )}
      </Section>
      {made !== undefined && (
        <>
          <Section
            title="2. Mint a token in your back end"
            lead="For the user who is signed in there. The code reads the API key and the secret from its environment."
          >
            <CodeTabs url={PLATFORM_URL} userId={userId} ttlSeconds={600} />
          </Section>
          <Section
            title="3. Make a call"
            lead="Each button opens a tab in which one more person joins. Their tokens are minted by the platform, for you."
          >
            <CallButtons apiKey={made.apiKey} />
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
    validate: { name: (value) => (value.trim() === '' ? 'A name by which you know it again.' : null) },
  })
  return (
    <form noValidate onSubmit={form.onSubmit(({ name }) => onSubmit(name))}>
      <Stack gap="md" maw="24rem">
        <TextInput
          label="Name"
          description="For your own eyes; it can be changed."
          maxLength={100}
          key={form.key('name')}
          {...form.getInputProps('name')}
        />
        <Button type="submit" loading={isBusy} w="fit-content">
          Make the API key and a secret
        </Button>
      </Stack>
    </form>
  )
}
