import { formatDuration } from '../format-duration.ts'

/** What a clock difference means: positive where the token is ahead of this server's clock, negative where it is behind. */
export function clockWords(differenceSeconds: number): string {
  const seconds = Math.abs(differenceSeconds)
  const span = seconds < 120 ? `${seconds} s` : `${seconds} s (${formatDuration(seconds)})`
  return differenceSeconds > 0
    ? `minted by a clock ${span} ahead, or meant to begin later`
    : `over for ${span}: shown too late, or minted by a clock that far behind`
}
