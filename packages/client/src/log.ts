/**
 * How much a line matters. `debug`: every message that is sent or received, by its type; `info`: what changes the state of a session or
 * conversation; `warn`: what the client recovers from; `error`: what it does not.
 */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

/** Takes what the client logs. No line holds a token, a ticket, credentials, or what users say. */
export type Log = (level: LogLevel, message: string, details?: Readonly<Record<string, unknown>>) => void

export const NO_LOG: Log = () => {}
