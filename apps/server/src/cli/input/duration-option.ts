import { InvalidArgumentError, Option } from 'commander'

interface Bounds {
  readonly leastSeconds: number
  readonly mostSeconds: number
  /** Words that the option takes instead of a duration. */
  readonly words?: readonly string[]
}

const UNITS = [
  ['d', 86_400],
  ['h', 3_600],
  ['m', 60],
  ['s', 1],
] as const
const SECONDS: Readonly<Record<string, number>> = { ...Object.fromEntries(UNITS), min: 60 }

/** An option that takes a duration such as `10m`. Its value is in seconds. */
export function durationOption(flags: string, description: string, bounds: Bounds): Option {
  const text = `${description}, such as 90s, 10m, 1h or 7d (at most ${write(bounds.mostSeconds)})`
  return new Option(flags, text).argParser((given) => parseDuration(given, bounds))
}

/** Parses a duration such as `10m`, or a plain number of seconds. Returns seconds. */
export function parseDuration(text: string, { leastSeconds, mostSeconds, words = [] }: Bounds): number {
  const [, count, unit = 's'] = /^(\d+)(s|m|min|h|d)?$/.exec(text) ?? []
  const seconds = Number(count) * (SECONDS[unit] ?? Number.NaN)
  if (seconds >= leastSeconds && seconds <= mostSeconds) return seconds
  const expected = [...words, 'a duration such as 90s, 10m, 1h or 7d'].join(', ').replace(/, (?=a duration)/, ' or ')
  throw new InvalidArgumentError(`Expected ${expected}, from ${write(leastSeconds)} to ${write(mostSeconds)}.`)
}

function write(seconds: number): string {
  const [name, size] = UNITS.find(([, size]) => seconds >= size && seconds % size === 0) ?? ['s', 1]
  return `${seconds / size}${name}`
}
