import { openSecret } from './add-signing-key.ts'
import type { ChangeContext } from './change-context.ts'
import { createApiKey } from './keys.ts'
import type { Secret } from './signing-key.ts'

const DEMO_NAME = 'Demo'

/** The API key that the demo uses, with its secret decrypted; created if there is none. */
export async function prepareDemoKey(context: ChangeContext): Promise<Secret> {
  const existing = (await context.store.listApiKeys()).find(({ name }) => name === DEMO_NAME)
  if (existing !== undefined) return openSecret(context, existing.apiKey)
  return (await createApiKey(context, { name: DEMO_NAME })).secret
}
