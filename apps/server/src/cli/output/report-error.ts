import { AdminError } from '@stagedoor/admin'
import { CommanderError } from 'commander'
import { AccountError } from '../../account/accounts.ts'
import { DomainError } from '../../api-key/change-context.ts'
import { FolderTakenError } from '../../control/claim-socket.ts'
import { BasePathError } from '../../public-url.ts'
import { BackupError } from '../../store/backup/backup-error.ts'
import { StoreDownError } from '../../store-down.ts'
import { MasterKeyError } from '../../vault/master-key.ts'
import { MAX_PORT } from '../input/settings.ts'
import { describeProblem } from '../remote/describe-problem.ts'
import { CliError } from './print.ts'

/** The command was mistyped or could not be carried out. */
const EXIT_REFUSED = 2
const EXIT_FAULT = 1
const EXPECTED = [CliError, AccountError, MasterKeyError, StoreDownError, FolderTakenError, BackupError, BasePathError]

interface Described {
  readonly status: number
  readonly message: string
  /** A word for programs. */
  readonly code?: string | undefined
  /** A command that helps. */
  readonly hint?: string | undefined
}

/** Prints an error on standard error, as one JSON object with `--json`. Returns the exit status. */
export function reportError(
  error: unknown,
  { json, write }: { readonly json: boolean; readonly write: (text: string) => void },
): number {
  // Help and version: printed already.
  if (error instanceof CommanderError && /^commander\.(help|version)/.test(error.code)) {
    return error.exitCode === 0 ? 0 : EXIT_REFUSED
  }
  const { status, message, code, hint } = describeError(error)
  if (json) write(`${JSON.stringify({ error: { code, message, hint } })}\n`)
  else write(`stagedoor: ${message}${hint === undefined ? '' : `. See: ${hint}`}\n`)
  return status
}

function describeError(error: unknown): Described {
  if (error instanceof CommanderError) {
    return { status: EXIT_REFUSED, code: 'usage', message: describeUsageError(error) }
  }
  if (error instanceof DomainError) {
    const { message, reason, hint } = error
    return { status: EXIT_REFUSED, code: reason, message, hint }
  }
  if (error instanceof AdminError) return { status: EXIT_REFUSED, code: error.code, message: describeProblem(error) }
  const { code, message, port } = error as NodeJS.ErrnoException & { readonly port?: number }
  if (EXPECTED.some((kind) => error instanceof kind)) return { status: EXIT_REFUSED, message }
  if (code === 'EADDRINUSE' && port !== undefined) {
    return { status: EXIT_REFUSED, code: 'port_in_use', message: describePortTaken(port) }
  }
  return { status: EXIT_FAULT, code: 'fault', message }
}

function describePortTaken(port: number): string {
  const other = port === MAX_PORT ? port - 1 : port + 1
  return `Port ${port} is already in use. Choose another one with --port, for example: npm start -- --port ${other}`
}

const INVALID_VALUE =
  /^error: option '(?<name>.*?)' (?:value '.*' from env '(?<variable>\w+)'|argument '.*') is invalid\. (?<advice>.*)$/s

/** Describes a mistyped command. Never repeats the value of an option: it may be a URL with a password, or a token. */
function describeUsageError({ code, message }: CommanderError): string {
  if (code !== 'commander.invalidArgument') {
    return message.replace(/^error: /, '').replace(/(unknown option '[^='\s]+)=.*'/s, "$1'")
  }
  const { name, variable, advice } = INVALID_VALUE.exec(message)?.groups ?? {}
  if (advice === undefined) return 'An option has an invalid value'
  return `${variable ?? name}: ${advice}`
}
