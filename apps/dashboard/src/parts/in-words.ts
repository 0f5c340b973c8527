const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })

/**
 * Returns a time relative to now: "in 5 minutes", "2 hours ago".
 *
 * @param seconds from now, negative for the past.
 */
export function inWords(seconds: number): string {
  if (Math.abs(seconds) < 5) return 'now'
  const [unit, size] = unitOf(Math.abs(seconds))
  return relative.format(Math.round(seconds / size), unit)
}

// A second short of an hour reads as an hour, not as 59 minutes.
const NEARLY = 0.99

function unitOf(seconds: number) {
  return UNITS.find(([, size]) => seconds >= size * NEARLY) ?? (['second', 1] as const)
}
