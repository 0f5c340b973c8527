import process from 'node:process'
import { AdminError } from '@stagedoor/admin'
import { Command, CommanderError } from 'commander'
import { AccountError } from '../account/accounts.ts'
import { DomainError } from '../api-key/change-context.ts'
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
import { CliError } from './output.ts'
import { policyCommand } from './policy.ts'
import { refusalCommand } from './refusal.ts'
import { describeProblem } from './remote/describe-problem.ts'
import { restoreCommand } from './restore.ts'
import { revokeCommand } from './revoke.ts'
import { secretCommand } from './secret.ts'
import { serveCommand } from './serve.ts'
import { sessionCommand } from './session.ts'
import { cleanEnvironment } from './settings.ts'
import { tokenCommand } from './token.ts'

/** What was asked for cannot be done. */
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
  .description('Token-authenticated real-time sessions: run the platform, hold its keys, look into its tokens.')
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
    '\nFirst steps:\n' +
      '  $ stagedoor serve --dev                     run it, and open the demo\n' +
      '  $ stagedoor key create --name "My shop"     make an API key and its secret\n' +
      '  $ stagedoor token create key_… --user alice mint a token\n' +
      '  $ stagedoor token verify <token>            see what the door thinks of it\n' +
      '  $ stagedoor refusal show rf_…               see why somebody was refused\n' +
      '  $ stagedoor doctor --url https://…          look at a set-up from end to end',
  )

// Whoever reads the output has read enough, such as "head": nobody is left to say anything to.
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
  // Commander has said already what it has to say.
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
  const { code, message } = error as NodeJS.ErrnoException
  process.stderr.write(
    `stagedoor: ${code === 'EADDRINUSE' ? 'This port is taken; choose another with --port' : message}\n`,
  )
  return code === 'EADDRINUSE' ? EXIT_REFUSED : 1
}

function everyCommand(command: Command): Command[] {
  return [command, ...command.commands.flatMap(everyCommand)]
}
