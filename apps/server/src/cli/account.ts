import { Command, Option } from 'commander'
import { prepareAccount, requireAnotherOwner, requireRoom } from '../account/accounts.ts'
import { hashPassword, MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from '../account/password.ts'
import { ROLES, type Role } from '../account/role.ts'
import { setPassword } from '../account/set-password.ts'
import type { Records } from '../records.ts'
import { hereAlone } from './open-platform-client.ts'
import { CliError, columns, dateOf, print } from './output.ts'
import { readInput } from './read-input.ts'
import { onStore, type StoreSettings, withChange, withStore } from './settings.ts'

interface PasswordSettings extends StoreSettings {
  readonly keepTokens?: true
}

interface CreateSettings extends StoreSettings {
  readonly name?: string
  readonly role: Role
}

const EMAIL = /^[^\s@]+@[^\s@]+$/
const PASSWORD_HELP = `\nThe password is read from standard input: ${MIN_PASSWORD_LENGTH} characters or more.\n`

export function accountCommand(): Command {
  const account = new Command('account').description('people who look after the platform, with the API and its pages')
  hereAlone(onStore(account.command('create <email>')))
    .description('make an account, with the password on standard input')
    .option('--name <name>', 'what to call it (default: the address)')
    .addOption(new Option('--role <role>', 'what it is to every API key').choices(ROLES).default('owner'))
    .addHelpText(
      'after',
      `${PASSWORD_HELP}\nExample:\n  $ pass show stagedoor | stagedoor account create you@example.com`,
    )
    .action(create)
  hereAlone(onStore(account.command('list')))
    .description('list the accounts')
    .action(list)
  hereAlone(onStore(account.command('password <email>')))
    .description('set a password, from standard input; every login and personal access token of the account ends')
    .option('--keep-tokens', 'let the personal access tokens of the account go on')
    .addHelpText('after', PASSWORD_HELP)
    .action(changePassword)
  hereAlone(onStore(account.command('delete <email>')))
    .description('delete an account with its logins and tokens')
    .action(remove)
  return account
}

async function create(email: string, settings: CreateSettings): Promise<void> {
  if (!EMAIL.test(email)) throw new CliError('Give an address such as you@example.com')
  const { name = email, role } = settings
  const password = await readPassword()
  const account = await prepareAccount({ email, name, password, role, grants: [] }, Date.now() / 1000)
  const { passwordHash: _kept, ...shown } = account
  await withChange(settings, async ({ store }, note) => {
    await requireRoom(store, account.email)
    await store.addAccount(account)
    note({ action: 'account.created', subject: account.accountId, after: shown })
  })
  print(settings.json, shown, () => [`${account.email} is ${role} of every API key now.`])
}

async function list(settings: StoreSettings): Promise<void> {
  const accounts = await withStore(settings, ({ store }) => store.listAccounts())
  print(settings.json, accounts, () => {
    if (accounts.length === 0) return ['There is no account yet. Make one: stagedoor account create you@example.com']
    return columns([
      ['EMAIL', 'NAME', 'ROLE', 'CREATED'],
      ...accounts.map(({ email, name, role, grants, createdAt }) => [
        email,
        name,
        role ?? `of ${grants.length} API key${grants.length === 1 ? '' : 's'}`,
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
    `${email} has a new password, and is logged in nowhere.`,
    endTokens ? 'Its personal access tokens have ended.' : 'Its personal access tokens go on.',
  ])
}

async function remove(email: string, settings: StoreSettings): Promise<void> {
  await withChange(settings, async ({ store }, note) => {
    const { passwordHash: _kept, ...before } = await find(store, email)
    await requireAnotherOwner(store, before.accountId)
    await store.deleteAccount(before.accountId)
    note({ action: 'account.deleted', subject: before.accountId, before })
  })
  print(settings.json, { email, state: 'deleted' }, () => [`The account of ${email} is deleted.`])
}

async function find(store: Pick<Records, 'findAccountByEmail'>, email: string) {
  const account = await store.findAccountByEmail(email)
  if (account === undefined) throw new CliError(`There is no account of ${email}. See: stagedoor account list`)
  return account
}

async function readPassword(): Promise<string> {
  const password = await readInput(undefined, 'the password')
  if (password.length >= MIN_PASSWORD_LENGTH && password.length <= MAX_PASSWORD_LENGTH) return password
  throw new CliError(`A password has ${MIN_PASSWORD_LENGTH} to ${MAX_PASSWORD_LENGTH} characters; a sentence does well`)
}
