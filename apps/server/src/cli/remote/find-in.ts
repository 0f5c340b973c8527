import { type Admin, AdminError } from '@stagedoor/admin'

/** The maximum page size of the API. */
export const MAX_PAGE = 100

/** Lists the API keys to search: the named one, or every one that the token can read. */
export async function listApiKeys(admin: Admin, named: string | undefined): Promise<readonly string[]> {
  if (named !== undefined) return [named]
  const found: string[] = []
  for await (const { apiKey } of admin.list('/api/v1/keys', { params: { query: { limit: MAX_PAGE } } }))
    found.push(apiKey)
  return found
}

/** Searches every API key in turn: the API nests everything under its API key. */
export async function findIn<T>(admin: Admin, look: (apiKey: string) => Promise<T>): Promise<T | undefined> {
  for (const apiKey of await listApiKeys(admin, undefined)) {
    try {
      return await look(apiKey)
    } catch (error) {
      if (!(error instanceof AdminError && error.status === 404)) throw error
    }
  }
  return undefined
}
