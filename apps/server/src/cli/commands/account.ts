import { Command, Option } from 'commander'
import { prepareAccount, requireAnotherOwner, requireRoom } from '../../account/accounts.ts'
import { hashPassword, MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from '../../account/password.ts'
import { ROLES, type Role } from '../../account/role.ts'
import { setPassword } from '../../account/set-password.ts'
import { commandLine } from '../../command-line.ts'
import type { Records } from '../../records.ts'
import { confirm, yesOption } from '../input/confirm.ts'
import { readInput } from '../input/read-input.ts'
import { onStore } from '../input/settings.ts'
import { type StoreSettings, withChange, withStore } from '../local/store.ts'
import { localOnly } from '../open-platform-client.ts'
import { CliError, columns, dateOf, print, printList, withIsoTimes } from '../output/print.ts'

interface PasswordSettings extends StoreSettings {
  readonly keepTokens?: true
}

interface CreateSettings extends StoreSettings {
  readonly name?: string
  readonly role: Role
}

const EMAIL = /^[^\s@]+@[^\s@]+$/
const PASSWORD_HELP = `\nThe password is read from standard input. It must have at least ${MIN_PASSWORD_LENGTH} characters.\n`

export function accountCommand(): Command {
  const account = new Command('account').description(
    'accounts that manage the platform in the dashboard and over the API',
  )
  localOnly(onStore(account.command('create <email>')))
    .description('create an account; the password is read from standard input')
    .option('--name <name>', 'the display name (default: the email address)')
    .addOption(new Option('--role <role>', 'the role of the account for every API key').choices(ROLES).default('owner'))
    .addHelpText(
      'after',
      `${PASSWORD_HELP}\nExample:\n  $ pass show stagedoor | ${commandLine('account create you@example.com')}`,
    )
    .action(create)
  localOnly(onStore(account.command('list')))
    .description('list the accounts')
    .action(list)
  localOnly(onStore(account.command('password <email>')))
    .description(
      'change the password, read from standard input; ends every login and personal access token of the account',
    )
    .option('--keep-tokens', 'keep the personal access tokens of the account')
    .addHelpText('after', PASSWORD_HELP)
    .action(changePassword)
  localOnly(onStore(account.command('delete <email>')))
    .description('delete an account, its logins and its personal access tokens')
    .addOption(yesOption())
    .action(remove)
  return account
}

async function create(email: string, settings: CreateSettings): Promise<void> {
  if (!EMAIL.test(email))
    throw new CliError(`${JSON.stringify(email)} is not an email address. Use one such as you@example.com`)
  const { name = email, role } = settings
  const password = await readPassword()
  const account = await prepareAccount({ email, name, password, role, grants: [] }, Date.now() / 1000)
  const { passwordHash: _kept, ...shown } = account
  await withChange(
    settings,
    async ({ store }, note) => {
      await requireRoom(store, account.email)
      await store.addAccount(account)
      note({ action: 'account.created', subject: account.accountId, after: shown })
    },
    { mayCreate: true },
  )
  print(settings.json, withIsoTimes(shown), () => [
    `Created the account ${account.email} with the role ${role} for every API key.`,
  ])
}

async function list(settings: StoreSettings): Promise<void> {
  const accounts = await withStore(settings, ({ store }) => store.listAccounts())
  printList(settings.json, { items: accounts }, () => {
    if (accounts.length === 0) return [`No accounts yet. Create one: ${commandLine('account create you@example.com')}`]
    return columns([
      ['EMAIL', 'NAME', 'ROLE', 'CREATED'],
      ...accounts.map(({ email, name, role, grants, createdAt }) => [
        email,
        name,
        role ?? `for ${grants.length} API key${grants.length === 1 ? '' : 's'}`,
        dateOf(createdAt),
      ]),
    ])
  })
}

async function changePassword(email: string, settings: PasswordSettings): Promise<void> {
  const endTokens = settings.keepTokens !== true
  const passwordHash = await hashPassword(await readPassword())
  await withChange(settings, async ({ store }, note) => {
    const { accountId } = await find(store, email)
    await setPassword(store, accountId, { passwordHash, endTokens })
    note({ action: 'account.password_changed', subject: accountId, after: { endTokens } })
  })
  print(settings.json, { email }, () => [
    `Changed the password of ${email} and ended its logins.`,
    endTokens ? 'Its personal access tokens are revoked.' : 'Its personal access tokens are still valid.',
  ])
}

async function remove(email: string, settings: StoreSettings & { readonly yes: boolean }): Promise<void> {
  await withStore(settings, ({ store }) => find(store, email))
  await confirm(
    () => `Deleting the account ${email} ends its logins and personal access tokens, and cannot be undone.`,
    settings,
  )
  await withChange(settings, async ({ store }, note) => {
    const { passwordHash: _kept, ...before } = await find(store, email)
    await requireAnotherOwner(store, before.accountId)
    await store.deleteAccount(before.accountId)
    note({ action: 'account.deleted', subject: before.accountId, before })
  })
  print(settings.json, { email, state: 'deleted' }, () => [`Deleted the account ${email}.`])
}

async function find(store: Pick<Records, 'findAccountByEmail'>, email: string) {
  const account = await store.findAccountByEmail(email)
  if (account === undefined)
    throw new CliError(`There is no account ${email}. List the accounts: ${commandLine('account list')}`)
  return account
}

async function readPassword(): Promise<string> {
  const password = await readInput(undefined, 'the password')
  if (password.length >= MIN_PASSWORD_LENGTH && password.length <= MAX_PASSWORD_LENGTH) return password
  throw new CliError(
    `The password must have ${MIN_PASSWORD_LENGTH} to ${MAX_PASSWORD_LENGTH} characters. A sentence works well`,
  )
}
