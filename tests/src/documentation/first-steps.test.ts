import { spawnSync } from 'node:child_process'
import process from 'node:process'
import { CLOSE_CODES } from '@stagedoor/protocol'
import { describe, expect, it } from 'vitest'
import { codeBlocks } from '../fixtures/code-blocks.fixture.ts'
import { STAGEDOOR } from '../fixtures/platform.fixture.ts'
import { attempt } from '../fixtures/raw-client.fixture.ts'
import { type Made, Shop } from '../fixtures/shop.fixture.ts'

const shop = Shop.forTests()

/** The commands of a page that are typed in a shell, in their order; those that start something and stay are left out. */
function commandsOf(page: string): string[] {
  return codeBlocks(page)
    .filter(({ language }) => ['sh', 'console'].includes(language))
    .flatMap(({ code }) => code.split('\n'))
    .map((line) => line.replace(/^\$ /, ''))
    .filter((line) => line.startsWith('npx stagedoor '))
}

/** Types a command as it is written, for the API key and the signing key at hand; answers what it printed. */
function type(command: string, { apiKey, secret, keyId }: Made): string {
  const shell = `set -euo pipefail; npx() { shift; ${process.execPath} ${STAGEDOOR} "$@"; }\n${command.replace('kid_…', keyId)}`
  const env = { ...process.env, STAGEDOOR_DATA: shop.data, API_KEY: apiKey, SECRET: secret }
  const { status, stdout, stderr } = spawnSync('bash', ['-c', shell], { cwd: shop.data, env, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command}\n${stdout}${stderr}`)
  return stdout
}

const lastOf = (command: string) => command.split(' | ').at(-1) ?? ''

/** Opens a session; `closed` is the code that it is closed with. */
async function enter(user: string) {
  const client = await attempt(shop.platform.url)
  const closed = new Promise<number>((done) => client.socket.once('close', done))
  client.send({ type: 'register', ref: 1, apiKey: shop.key.apiKey, id: user, token: shop.mint(user) })
  expect(await client.next()).toMatchObject({ type: 'registered' })
  return { closed }
}

describe('the first five minutes', () => {
  it('go as the page says, from the API key to the user who is thrown out', { timeout: 60_000 }, async () => {
    const { closed } = await enter('alice')
    const printed = new Map(commandsOf('docs/start.md').map((command) => [command, type(command, shop.key)]))
    const said = (last: string) =>
      [...printed].find(([command]) => lastOf(command).startsWith(`npx stagedoor ${last}`))?.[1]
    expect(said('key create')).toMatch(/^API key {2}key_\w+\nSecret {3}secret_/)
    expect(said('token create')).toMatch(/^eyJ/)
    expect(said('token verify')).toContain('✓  signature')
    expect(said('explain')).toContain('lobby')
    expect(said('session list')).toContain('alice')
    expect(said('signing-key create')).toContain('secret_')
    expect(said('signing-key retire')).toMatch(/Usage: 1 session, /)
    expect(said('revoke user')).toContain('alice')
    expect(await closed).toBe(CLOSE_CODES.session_closed.code)
    expect(printed.size).toBe(9)
  })
})

describe('a secret is rotated', () => {
  it('as the guide says, until it has leaked', { timeout: 60_000 }, async () => {
    expect(await shop.outcomeOf('bob', shop.mint('bob'))).toBe('registered')
    const commands = commandsOf('docs/guides/rotate-a-secret.md')
    expect(commands.map((command) => command.split(' ').slice(2, 4).join(' '))).toEqual([
      'signing-key create',
      'signing-key list',
      'signing-key retire',
      'signing-key keep',
      'revoke signing-key',
    ])
    const printed = commands.map((command) => type(command, shop.key))
    expect(printed[1]).toContain(shop.key.keyId)
    await expect.poll(() => shop.outcomeOf('bob', shop.mint('bob'))).toMatch(/token_revoked|key_unknown|token_invalid/)
    const { secret } = JSON.parse(type('npx stagedoor signing-key create "$API_KEY" --json', shop.key))
    await expect.poll(() => shop.outcomeOf('bob', shop.mint('bob', {}, secret))).toBe('registered')
  })
})
