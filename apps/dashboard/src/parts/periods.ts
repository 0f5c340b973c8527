const HOUR = 3_600
const DAY = 86_400

/** The periods of a chart, by their length in seconds as text. */
export const LONG_PERIODS = [
  { value: String(DAY), label: '24 h' },
  { value: String(7 * DAY), label: '7 days' },
  { value: String(30 * DAY), label: '30 days' },
  { value: String(90 * DAY), label: '90 days' },
] as const

export const A_DAY = LONG_PERIODS[0].value

/** The approximate number of bars of a period that is shorter than a day. */
const BARS = 48
const MINUTE = 60

/** Returns the length of a bar, in seconds: whole hours for a day or more, because older counts are kept by the hour. */
export function stepOf(spanSeconds: number): number {
  if (spanSeconds < DAY) return Math.max(MINUTE, Math.ceil(spanSeconds / BARS / MINUTE) * MINUTE)
  if (spanSeconds <= DAY) return HOUR
  return spanSeconds <= 7 * DAY ? 4 * HOUR : DAY
}

/** Returns when a period starts that ends now, at a whole step: the same until the next step begins. */
export function sinceOf(spanSeconds: number, step: number, now = Date.now() / 1_000): number {
  return Math.floor((now - spanSeconds) / step) * step + step
}

/** Returns the label of a step: its time, with the weekday if there are several a day, or its date. Days are days in UTC. */
export function labelOf(at: number, step: number): string {
  const date = new Date(at * 1_000)
  if (step >= DAY) return date.toLocaleDateString('en', { month: 'short', day: 'numeric', timeZone: 'UTC' })
  const time = date.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })
  return step > HOUR ? `${date.toLocaleDateString('en', { weekday: 'short' })} ${time}` : time
}
