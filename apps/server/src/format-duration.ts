const UNITS = [
  { seconds: 86_400, short: 'd', word: 'day' },
  { seconds: 3_600, short: 'h', word: 'hour' },
  { seconds: 60, short: 'min', word: 'minute' },
  { seconds: 1, short: 's', word: 'second' },
] as const

/** A duration in seconds for a table: "2 h 5 min". */
export function formatDuration(seconds: number): string {
  return join(seconds, (count, { short }) => `${count} ${short}`)
}

/** A duration in seconds for a sentence: "2 hours 5 minutes". */
export function formatDurationInWords(seconds: number): string {
  return join(seconds, (count, { word }) => `${count} ${word}${count === 1 ? '' : 's'}`)
}

/** The two largest units of a duration. */
function join(seconds: number, write: (count: number, unit: (typeof UNITS)[number]) => string): string {
  let rest = Math.round(Math.abs(seconds))
  const parts: string[] = []
  for (const unit of UNITS) {
    const count = Math.floor(rest / unit.seconds)
    rest -= count * unit.seconds
    if (count > 0) parts.push(write(count, unit))
  }
  return parts.slice(0, 2).join(' ') || write(0, UNITS[3])
}
