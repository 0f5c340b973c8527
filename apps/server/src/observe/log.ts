import { type DestinationStream, type Logger, pino } from 'pino'

export type Log = Logger

// What no log line may hold, should an object with it ever reach the logger.
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
