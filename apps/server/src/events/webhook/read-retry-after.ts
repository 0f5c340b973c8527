/** The longest pause that an endpoint can request, in seconds: an hour. Longer requests are shortened to it. */
export const MAX_RETRY_AFTER_SECONDS = 3_600

const SECONDS = /^\d{1,15}$/
// The only form that is sent today; the other two of RFC 9110 section 5.6.7 are obsolete.
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/

/**
 * Reads `Retry-After` (RFC 9110 section 10.2.3): a number of seconds, or a date.
 *
 * @returns the seconds to wait, 0 to {@link MAX_RETRY_AFTER_SECONDS}; undefined if it cannot be read.
 */
export function readRetryAfter(text: string | undefined, now: number): number | undefined {
  if (text === undefined) return undefined
  const seconds = SECONDS.test(text) ? Number(text) : HTTP_DATE.test(text) ? Date.parse(text) / 1000 - now : Number.NaN
  return Number.isNaN(seconds) ? undefined : Math.min(Math.max(seconds, 0), MAX_RETRY_AFTER_SECONDS)
}
