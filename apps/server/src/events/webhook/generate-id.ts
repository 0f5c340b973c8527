import { randomBytes } from 'node:crypto'

/** Generates an id with a prefix. Ids with the same prefix sort by creation. */
export type IdGenerator = (prefix: string) => string

const MAX_COUNT = 0xffff

/** Ids that begin with the time and count within a millisecond (RFC 9562 section 6.2, method 1). */
export function createIdGenerator(now: () => number, random: (bytes: number) => Buffer = randomBytes): IdGenerator {
  let millis = 0
  let count = 0
  return (prefix) => {
    const current = Math.floor(now() * 1000)
    if (current > millis) [millis, count] = [current, 0]
    else if (count < MAX_COUNT) count++
    else [millis, count] = [millis + 1, 0]
    return `${prefix}${hex(millis, 12)}${hex(count, 4)}${random(8).toString('hex')}`
  }
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0')
}
