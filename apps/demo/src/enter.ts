import { type Session, UserAgent } from '@stagedoor/client'
import { askForToken } from './ask-for-token.ts'
import type { Entry } from './lobby.ts'
import { PLATFORM_URL } from './platform-url.ts'

export interface Entrance {
  readonly userAgent: UserAgent
  readonly session: Session
}

/** Registers with the user's own token, or with one that the platform issues. */
export async function enter({ name, own, mintedFor }: Entry): Promise<Entrance> {
  const { apiKey, id, token } = own ?? (await askForToken(name, mintedFor))
  const userAgent = new UserAgent({ uri: `apiKey:${apiKey}` })
  const userData = { username: name }
  const session = await userAgent.register(
    own === undefined
      ? { cloudUrl: PLATFORM_URL, id, token, userData, getToken: async () => (await askForToken(id, mintedFor)).token }
      : { cloudUrl: PLATFORM_URL, id, userData, ...(token === '' ? {} : { token }) },
  )
  return { userAgent, session }
}
