import { openSecret } from './add-signing-key.ts'
import { createApiKey } from './keys.ts'
import type { KeyOffice } from './office.ts'
import type { Secret } from './signing-key.ts'

const DEMO_NAME = 'Demo'

/** The API key that the demo uses, with its secret in clear; it is made where there is none. */
export async function prepareDemoKey(office: KeyOffice): Promise<Secret> {
  const existing = (await office.store.listApiKeys()).find(({ name }) => name === DEMO_NAME)
  if (existing !== undefined) return openSecret(office, existing.apiKey)
  return (await createApiKey(office, { name: DEMO_NAME })).secret
}
