/** How far back what was given up is sent once more: a span, or a time that was chosen. */
export interface SinceForm {
  /** Seconds back from now; nothing for the time. */
  readonly span: string
  /** As a field of the page has it, by the clock of this place: `2026-05-04T09:30`. */
  readonly time: string
}

export const A_TIME = 'time'

export const SINCE_CHOICES = [
  { value: '3600', label: 'The last hour' },
  { value: '86400', label: 'The last day' },
  { value: '604800', label: 'The last 7 days: all that is kept' },
  { value: A_TIME, label: 'Since a time' },
]

/**
 * From when on, in seconds since 1970; nothing where no time is chosen.
 *
 * @param now in seconds since 1970.
 */
export function sinceOf({ span, time }: SinceForm, now: number): number | undefined {
  if (span !== A_TIME) return Math.max(0, Math.floor(now - Number(span)))
  const at = Date.parse(time) / 1_000
  return at >= 0 ? at : undefined
}
