/** The period of the deliveries to resend: a span, or a chosen time. */
export interface SinceForm {
  /** Seconds before now, or `A_TIME` for the chosen time. */
  readonly span: string
  /** In the local time zone, as a form field has it: `2026-05-04T09:30`. */
  readonly time: string
}

export const A_TIME = 'time'

export const SINCE_CHOICES = [
  { value: '3600', label: 'Last hour' },
  { value: '86400', label: 'Last 24 hours' },
  { value: '604800', label: 'Last 7 days (everything kept)' },
  { value: A_TIME, label: 'Custom' },
]

/**
 * Returns the start of the period in seconds since 1970, or `undefined` if no time is chosen.
 *
 * @param now in seconds since 1970.
 */
export function sinceOf({ span, time }: SinceForm, now: number): number | undefined {
  if (span !== A_TIME) return Math.max(0, Math.floor(now - Number(span)))
  const at = Date.parse(time) / 1_000
  return at >= 0 ? at : undefined
}
