import type { Connection } from './connection.ts'
import type { House } from './ports.ts'

/**
 * Goes on at once, or when the published key was fetched that a token names and that was not here.
 *
 * @returns what to wait for, if anything.
 */
export function withKeys(
  { door }: Pick<House, 'door'>,
  connection: Connection,
  { apiKey, token }: { readonly apiKey: string; readonly token?: string | undefined },
  goOn: () => void,
): Promise<void> | undefined {
  const coming = door.fetchKeysFor(apiKey, token)
  if (coming === undefined) {
    goOn()
    return undefined
  }
  return coming.then(() => {
    if (connection.isOpen) goOn()
  })
}
