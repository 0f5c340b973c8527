import { prepareAccount } from '../../apps/server/src/account/accounts.ts'
import { createPersonalToken } from '../../apps/server/src/account/personal-token.ts'
import { ALL_RIGHTS, type Right } from '../../apps/server/src/account/role.ts'
import { openStore, type StoreLocation } from '../../apps/server/src/store/open.ts'
import { type RunningPlatform, stagedoor } from './platform.fixture.ts'

const EMAIL = 'owner@example.com'
const PASSWORD = 'correct horse battery staple'

/** Makes an account at the command line, logs it in, and answers how to ask the API as it. */
export async function becomeOwner({ url }: RunningPlatform, data: string) {
  await stagedoor(['account', 'create', EMAIL, '--data', data], PASSWORD)
  const headers: Record<string, string> = { 'content-type': 'application/json', origin: url }
  const login = await fetch(`${url}/api/v1/login`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ email: EMAIL, password: PASSWORD }),
  })
  headers.cookie = String(login.headers.get('set-cookie')).split(';')[0] ?? ''

  return async (method: 'GET' | 'POST', path: string, body?: object) => {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    return { status: answer.status, body: await answer.json() }
  }
}

/** Makes an account in the store, and answers a personal access token of it. Default: one with all the rights. */
export async function enrollOwner(
  location: StoreLocation,
  { email = EMAIL, rights = ALL_RIGHTS }: { readonly email?: string; readonly rights?: readonly Right[] } = {},
): Promise<string> {
  const { store } = await openStore(location)
  try {
    const now = Date.now() / 1000
    const account = {
      email,
      name: 'Owner',
      password: 'a sentence of a test',
      role: 'owner' as const,
    }
    const prepared = await prepareAccount({ ...account, grants: [] }, now)
    await store.addAccount(prepared)
    const { accountId } = prepared
    const options = { accountId, name: 'test', rights, apiKey: undefined, lifeSeconds: 3_600 }
    return (await createPersonalToken(store, options, now)).secret
  } finally {
    await store.close()
  }
}
