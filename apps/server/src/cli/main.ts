import process from 'node:process'
import { AdminError } from '@stagedoor/admin'
import { Command, CommanderError } from 'commander'
import { AccountError } from '../account/accounts.ts'
import { DomainError } from '../api-key/change-context.ts'
import { commandLine } from '../command-line.ts'
import { FolderTakenError } from '../control/claim-socket.ts'
import { BasePathError } from '../public-url.ts'
import { BackupError } from '../store/backup/backup-error.ts'
import { StoreDownError } from '../store-down.ts'
import { MasterKeyError } from '../vault/master-key.ts'
import { version } from '../version.ts'
import { accountCommand } from './account.ts'
import { backupCommand } from './backup.ts'
import { banCommand } from './ban.ts'
import { doctorCommand } from './doctor.ts'
import { explainCommand } from './explain.ts'
import { keyCommand } from './key.ts'
import { masterKeyCommand } from './master-key.ts'
import { CliError, columns } from './output.ts'
import { policyCommand } from './policy.ts'
import { refusalCommand } from './refusal.ts'
import { describeProblem } from './remote/describe-problem.ts'
import { restoreCommand } from './restore.ts'
import { revokeCommand } from './revoke.ts'
import { secretCommand } from './secret.ts'
import { serveCommand } from './serve.ts'
import { sessionCommand } from './session.ts'
import { cleanEnvironment, MAX_PORT } from './settings.ts'
import { tokenCommand } from './token.ts'

/** The command was mistyped or could not be carried out. */
const EXIT_REFUSED = 2
const EXPECTED = [
  CliError,
  DomainError,
  AccountError,
  MasterKeyError,
  StoreDownError,
  FolderTakenError,
  BackupError,
  BasePathError,
]

try {
  cleanEnvironment(process.env)
} catch (error) {
  process.exit(report(error))
}

const program = new Command('stagedoor')
  .description('Token-authenticated real-time sessions: run the platform, manage its API keys and inspect its tokens.')
  .version(version)
  .addCommand(serveCommand())
  .addCommand(keyCommand())
  .addCommand(policyCommand())
  .addCommand(secretCommand())
  .addCommand(revokeCommand())
  .addCommand(banCommand())
  .addCommand(tokenCommand())
  .addCommand(accountCommand())
  .addCommand(masterKeyCommand())
  .addCommand(backupCommand())
  .addCommand(restoreCommand())
  .addCommand(sessionCommand())
  .addCommand(refusalCommand())
  .addCommand(explainCommand())
  .addCommand(doctorCommand())
  .addHelpText(
    'after',
    [
      '\nFirst steps:',
      ...columns([
        [`  $ ${commandLine('serve --dev')}`, 'start the platform with its demo'],
        [`  $ ${commandLine('key create --name "My shop"')}`, 'create an API key and its secret'],
        [`  $ ${commandLine('token create key_… --user alice')}`, 'create an access token'],
        [`  $ ${commandLine('token verify <token>')}`, 'check an access token'],
        [`  $ ${commandLine('refusal show rf_…')}`, 'see why a connection was refused'],
        [`  $ ${commandLine('doctor --url https://…')}`, 'check a deployment'],
      ]),
    ].join('\n'),
  )

// The reader of the output, such as "head", has closed the pipe: there is nowhere left to write to.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    process.exit()
  })
}

program.exitOverride()
for (const command of everyCommand(program)) command.exitOverride().showSuggestionAfterError()

try {
  await program.parseAsync()
} catch (error) {
  process.exitCode = report(error)
}

function report(error: unknown): number {
  // Commander has printed its message already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT_REFUSED
  if (EXPECTED.some((kind) => error instanceof kind)) {
    const hint = error instanceof DomainError && error.hint !== undefined ? `. See: ${error.hint}` : ''
    process.stderr.write(`stagedoor: ${(error as Error).message}${hint}\n`)
    return EXIT_REFUSED
  }
  if (error instanceof AdminError) {
    process.stderr.write(`stagedoor: ${describeProblem(error)}\n`)
    return EXIT_REFUSED
  }
  const { code, message, port } = error as NodeJS.ErrnoException & { readonly port?: number }
  const isPortTaken = code === 'EADDRINUSE' && port !== undefined
  process.stderr.write(`stagedoor: ${isPortTaken ? describePortTaken(port) : message}\n`)
  return isPortTaken ? EXIT_REFUSED : 1
}

function describePortTaken(port: number): string {
  return `Port ${port} is already in use. Choose another one with --port, for example: npm start -- --port ${port === MAX_PORT ? port - 1 : port + 1}`
}

function everyCommand(command: Command): Command[] {
  return [command, ...command.commands.flatMap(everyCommand)]
}
