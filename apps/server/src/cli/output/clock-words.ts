import { formatDuration } from '../../format-duration.ts'

/** Describes a clock difference: positive if the token is ahead of this server's clock, negative if it is behind. */
export function clockWords(differenceSeconds: number): string {
  const seconds = Math.abs(differenceSeconds)
  const span = seconds < 120 ? `${seconds} s` : `${seconds} s (${formatDuration(seconds)})`
  return differenceSeconds > 0
    ? `issued by a clock ${span} ahead of this server, or not valid yet on purpose`
    : `expired ${span} ago: presented too late, or issued by a clock that far behind`
}
