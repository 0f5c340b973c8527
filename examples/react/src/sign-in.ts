import { InMemoryWebStorage, UserManager, WebStorageStateStore } from 'oidc-client-ts'
import { settings } from './settings.ts'

const manager = new UserManager({
  authority: settings.issuer,
  client_id: settings.clientId,
  redirect_uri: `${location.origin}/`,
  post_logout_redirect_uri: `${location.origin}/`,
  scope: 'openid',
  // In memory: no script that gets into the page later finds it in a storage.
  userStore: new WebStorageStateStore({ store: new InMemoryWebStorage() }),
})

export interface SignedIn {
  readonly userId: string
  /** Proves to the back end who asks. */
  readonly idToken: string
}

/** Who has come back from the provider with a code, if anybody has. */
export async function takeSignIn(): Promise<SignedIn | undefined> {
  if (!new URLSearchParams(location.search).has('code')) return undefined
  const { profile, id_token: idToken } = await manager.signinRedirectCallback()
  history.replaceState(null, '', '/')
  return idToken === undefined ? undefined : { userId: profile.sub, idToken }
}

export function signIn(): Promise<void> {
  return manager.signinRedirect()
}
