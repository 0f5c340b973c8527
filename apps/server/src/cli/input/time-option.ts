import { InvalidArgumentError, Option } from 'commander'
import { parseDuration } from './duration-option.ts'

/** How far back a duration may reach, in seconds. */
export const MAX_AGO_SECONDS = 3_660 * 86_400

// A date, or a date and a time with its zone: without one, the time would depend on the machine.
const ISO = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))?$/

/** An option that takes a time: ISO 8601, or how long ago. Its value is in seconds since 1970. */
export function timeOption(flags: string, description: string): Option {
  const text = `${description}: a time such as 2026-07-01 or 2026-07-01T09:30:00Z, or how long ago, such as 1h or 7d`
  return new Option(flags, text).argParser((given) => parseTime(given, Date.now() / 1000))
}

/**
 * Parses a time such as `2026-07-01T09:30:00Z`, or a duration before now such as `1h`. A date means its start in UTC.
 *
 * @returns seconds since 1970.
 */
export function parseTime(text: string, now: number): number {
  if (!/^\d{4}-/.test(text)) return now - parseDuration(text, { leastSeconds: 0, mostSeconds: MAX_AGO_SECONDS })
  const milliseconds = ISO.test(text) ? Date.parse(text) : Number.NaN
  if (milliseconds >= 0) return milliseconds / 1000
  throw new InvalidArgumentError(
    'Expected a time such as 2026-07-01 or 2026-07-01T09:30:00Z, or a duration such as 1h.',
  )
}
