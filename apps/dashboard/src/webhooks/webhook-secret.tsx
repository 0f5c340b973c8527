import { Anchor, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { Code } from '../parts/code.tsx'
import { SecretOnce } from '../parts/secret-once.tsx'

const VERIFY = `import { Webhook } from 'standardwebhooks'

const webhook = new Webhook(process.env.WEBHOOK_SECRET)
// Throws if the signature is invalid. Pass the raw body:
// verify first, then parse.
const message = webhook.verify(body, request.headers)
`

/** The secret of an endpoint, shown once, and how to verify messages with it. */
export function WebhookSecret({ secret }: { readonly secret: string }): ReactNode {
  return (
    <Stack gap="md">
      <SecretOnce what="secret" lines={`WEBHOOK_SECRET=${secret}\n`} fileName="webhook.env" />
      <Text size="sm">
        Your back end uses it to verify that a message comes from this platform, as described by{' '}
        <Anchor href="https://www.standardwebhooks.com" underline="always" target="_blank" rel="noopener">
          Standard Webhooks
        </Anchor>
        . In Node.js, with <span className="value">npm install standardwebhooks</span>:
      </Text>
      <Code label="Code that verifies a message">{VERIFY}</Code>
    </Stack>
  )
}
