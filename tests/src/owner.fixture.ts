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
