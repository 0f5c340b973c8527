import type { GateContext } from './gate-context.ts'

/**
 * Goes on at once, or when the published key was fetched that a token names and that was not here.
 *
 * @param isWanted asked after the wait: whether to go on.
 * @param goOn answers what to wait for then, if anything.
 * @returns what to wait for, if anything.
 */
export function withKeys(
  { registrar }: Pick<GateContext, 'registrar'>,
  isWanted: () => boolean,
  { apiKey, token }: { readonly apiKey: string; readonly token?: string | undefined },
  goOn: () => Promise<void> | undefined,
): Promise<void> | undefined {
  const coming = registrar.fetchKeysFor(apiKey, token)
  if (coming === undefined) return goOn()
  return coming.then(() => (isWanted() ? goOn() : undefined))
}
