import { Anchor, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { Code } from '../parts/code.tsx'
import { SecretOnce } from '../parts/secret-once.tsx'

const VERIFY = `import { Webhook } from 'standardwebhooks'

const webhook = new Webhook(process.env.WEBHOOK_SECRET)
// Throws where it is not ours. The body to the letter:
// verify first, and parse afterwards.
const message = webhook.verify(body, request.headers)
`

/** The secret of an endpoint, this once, and what is done with it. */
export function WebhookSecret({ secret }: { readonly secret: string }): ReactNode {
  return (
    <Stack gap="md">
      <SecretOnce what="the secret" lines={`WEBHOOK_SECRET=${secret}\n`} fileName="webhook.env" />
      <Text size="sm">
        With it your back end tells a message of this platform from one of anybody else, by{' '}
        <Anchor href="https://www.standardwebhooks.com" underline="always" target="_blank" rel="noopener">
          Standard Webhooks
        </Anchor>
        . In Node.js, with <span className="value">npm install standardwebhooks</span>:
      </Text>
      <Code label="How a message is verified">{VERIFY}</Code>
    </Stack>
  )
}
