import type { components } from '@stagedoor/admin'

export type Refusal = components['schemas']['Refusal']

/**
 * By how much a time in a token was off, in words.
 *
 * @param seconds by which it is ahead of the platform's clock; negative where it is behind.
 */
export function clockInWords(seconds: number): string {
  const size = Math.abs(Math.round(seconds))
  const unit = size === 1 ? 'second' : 'seconds'
  if (seconds > 0)
    return `${size} ${unit} ahead of the platform’s clock: the minting clock is fast, or the token is for later.`
  return `${size} ${unit} behind the platform’s clock: the token was used late, or the minting clock is slow.`
}
