import process from 'node:process'
import { Command } from 'commander'
import { commandLine } from '../command-line.ts'
import { version } from '../version.ts'
import { accountCommand } from './commands/account.ts'
import { auditCommand } from './commands/audit.ts'
import { backupCommand } from './commands/backup/backup.ts'
import { restoreCommand } from './commands/backup/restore.ts'
import { banCommand } from './commands/ban.ts'
import { completionCommand } from './commands/completion/completion.ts'
import { conversationCommand } from './commands/conversation.ts'
import { doctorCommand } from './commands/doctor.ts'
import { explainCommand } from './commands/explain.ts'
import { keyCommand } from './commands/key.ts'
import { loginCommand, logoutCommand, profileCommand } from './commands/login.ts'
import { masterKeyCommand } from './commands/master-key.ts'
import { policyCommand } from './commands/policy.ts'
import { refusalCommand } from './commands/refusal.ts'
import { revokeCommand } from './commands/revoke.ts'
import { serveCommand } from './commands/serve/serve.ts'
import { sessionCommand } from './commands/session.ts'
import { signingKeyCommand } from './commands/signing-key/signing-key.ts'
import { tokenCommand } from './commands/token/token.ts'
import { webhookCommand } from './commands/webhook/webhook.ts'
import { cleanEnvironment } from './input/settings.ts'
import { columns } from './output/print.ts'
import { reportError } from './output/report-error.ts'

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
  .addCommand(signingKeyCommand())
  .addCommand(revokeCommand())
  .addCommand(banCommand())
  .addCommand(tokenCommand())
  .addCommand(accountCommand())
  .addCommand(masterKeyCommand())
  .addCommand(backupCommand())
  .addCommand(restoreCommand())
  .addCommand(sessionCommand())
  .addCommand(conversationCommand())
  .addCommand(refusalCommand())
  .addCommand(webhookCommand())
  .addCommand(auditCommand())
  .addCommand(explainCommand())
  .addCommand(loginCommand())
  .addCommand(logoutCommand())
  .addCommand(profileCommand())
  .addCommand(completionCommand())
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

// Every error is thrown, and printed in one place.
for (const command of everyCommand(program)) {
  command
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({ outputError: () => {} })
}

try {
  await program.parseAsync()
} catch (error) {
  process.exitCode = report(error)
}

function report(error: unknown): number {
  // Read here, because the options may not have been parsed when the error was found.
  return reportError(error, { json: process.argv.includes('--json'), write: (text) => process.stderr.write(text) })
}

function everyCommand(command: Command): Command[] {
  return [command, ...command.commands.flatMap(everyCommand)]
}
