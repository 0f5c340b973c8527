import { digest, generateCredential } from './generate-credential.ts'

/** How long a login lasts, in seconds: twelve hours. */
export const LOGIN_SECONDS = 12 * 3_600

/** A browser in which an account is logged in. */
export interface Login {
  /** The digest of the cookie's value. */
  readonly loginHash: string
  readonly accountId: string
  /** Seconds since 1970. */
  readonly createdAt: number
  readonly expiresAt: number
}

export interface LoginStore {
  addLogin(login: Login): Promise<void>
  findLogin(loginHash: string): Promise<Login | undefined>
  deleteLogin(loginHash: string): Promise<void>
  /** Ends every login of an account but one. */
  deleteLogins(accountId: string, except: string | undefined): Promise<void>
  /** Deletes expired logins. */
  forgetLogins(now: number): Promise<void>
}

/** Logs an account in. Returns the value of the cookie. */
export async function openLogin(store: Pick<LoginStore, 'addLogin'>, accountId: string, now: number): Promise<string> {
  const cookie = generateCredential('')
  const createdAt = Math.floor(now)
  await store.addLogin({ loginHash: digest(cookie), accountId, createdAt, expiresAt: createdAt + LOGIN_SECONDS })
  return cookie
}

export async function findLogin(
  store: Pick<LoginStore, 'findLogin'>,
  cookie: string,
  now: number,
): Promise<Login | undefined> {
  const login = await store.findLogin(digest(cookie))
  return login !== undefined && login.expiresAt > now ? login : undefined
}
