import type { components } from '@stagedoor/admin'

export type Refusal = components['schemas']['Refusal']

/**
 * Returns a warning about clocks for a token that was refused because it is not valid yet. An expired token gets none: it is most
 * likely just old.
 */
export function clockWarningOf({
  code,
  clockDifferenceSeconds: seconds,
}: Pick<Refusal, 'code' | 'clockDifferenceSeconds'>): string | undefined {
  if (code !== 'token_not_yet_valid' || seconds === null) return undefined
  const size = Math.abs(Math.round(seconds))
  return `The token starts ${size} second${size === 1 ? '' : 's'} ahead of the platform’s clock. Synchronize the clock of the back end that minted it, unless it was meant for later.`
}
