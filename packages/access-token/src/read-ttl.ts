import { inspect } from 'node:util'
import { MAX_TTL_SECONDS } from './claims.ts'

/** A length of time in seconds, minutes or hours, such as `90s`, `10m` or `1h`. */
export type Duration = `${number}s` | `${number}m` | `${number}h`

const UNIT_SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600 }
const DURATION = /^([0-9]{1,5})([smh])$/
const DIGITS = /^[0-9]{1,8}$/

/**
 * Returns the lifetime of a token in seconds.
 *
 * @param ttl a whole number of seconds, or a string with a unit (`90s`, `10m`, `1h`); from 1 second to 24 hours.
 * @throws {RangeError} if it is anything else. The message says what to write instead.
 */
export function readTtl(ttl: number | Duration): number {
  const seconds = typeof ttl === 'string' ? readDuration(ttl) : ttl
  if (isTtl(seconds)) return seconds as number
  const given = typeof ttl === 'number' ? String(ttl) : `${inspect(ttl)} (${typeof ttl})`
  throw new RangeError(
    `ttl is a whole number of seconds from 1 to ${MAX_TTL_SECONDS}; given was ${given}${hintFor(ttl)}`,
  )
}

function readDuration(text: string): number | undefined {
  const [, count, unit = ''] = DURATION.exec(text) ?? []
  const seconds = UNIT_SECONDS[unit]
  return seconds === undefined ? undefined : Number(count) * seconds
}

function hintFor(ttl: unknown): string {
  if (typeof ttl === 'number') return hintOfMilliseconds(ttl)
  if (typeof ttl !== 'string') return ''
  // Digits without a unit could be seconds or milliseconds; only the author knows.
  const seconds = DIGITS.test(ttl) ? Number(ttl) : undefined
  return isTtl(seconds) ? `: write ${seconds}, or '${seconds}s'` : ": write 600, '600s', '10m' or '1h'"
}

function hintOfMilliseconds(ttl: number): string {
  const seconds = ttl > MAX_TTL_SECONDS ? ttl / 1000 : 0
  return isTtl(seconds) ? `, which looks like milliseconds: ${seconds} seconds?` : ''
}

function isTtl(seconds: unknown): boolean {
  return Number.isInteger(seconds) && (seconds as number) >= 1 && (seconds as number) <= MAX_TTL_SECONDS
}
