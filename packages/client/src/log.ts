/**
 * How much a line matters. `debug`: each event of a conversation, by its type; `info`: a change of the session's state; `warn`: a lost
 * connection; `error`: an error that the session or a conversation emits.
 */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

/** Takes what the client logs. No line holds a token, a ticket, credentials, or what users say. */
export type Log = (level: LogLevel, message: string, details?: Readonly<Record<string, unknown>>) => void

export const NO_LOG: Log = () => {}
