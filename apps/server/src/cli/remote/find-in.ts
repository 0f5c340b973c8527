import { type Admin, AdminError } from '@stagedoor/admin'

/** The most items that a page of the API has. */
export const MAX_PAGE = 100

/** The API keys that a question is about: the one that is named, or every one that the token may look at. */
export async function listApiKeys(admin: Admin, named: string | undefined): Promise<readonly string[]> {
  if (named !== undefined) return [named]
  const found: string[] = []
  for await (const { apiKey } of admin.list('/api/v1/keys', { params: { query: { limit: MAX_PAGE } } }))
    found.push(apiKey)
  return found
}

/** Looks under one API key after the other for what an id names: the API has everything under the API key that it is of. */
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
