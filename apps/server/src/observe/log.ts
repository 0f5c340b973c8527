import { type DestinationStream, type Logger, pino } from 'pino'

export type Log = Logger

// Fields that are redacted if an object with them ever reaches the logger.
const REDACTED = ['token', 'secret', 'password', 'authorization', 'cookie'].flatMap((name) => [name, `*.${name}`])

export function createLog(options: { readonly level: string; readonly pretty: boolean }, to?: DestinationStream): Log {
  return pino(
    {
      level: options.level,
      redact: REDACTED,
      ...(options.pretty && { transport: { target: 'pino-pretty', options: { ignore: 'pid,hostname' } } }),
    },
    ...(to === undefined ? [] : [to]),
  )
}
