import { describe, expect, it } from 'vitest'
import { becomeOwner } from '../fixtures/owner.fixture.ts'
import { stagedoor } from '../fixtures/platform.fixture.ts'
import { Shop } from '../fixtures/shop.fixture.ts'

const shop = Shop.forTests()

interface Finding {
  readonly check: string
  readonly status: string
  readonly message: string
}

async function examine(env: Readonly<Record<string, string>> = {}, ...args: readonly string[]) {
  const ran = await stagedoor(['doctor', '--url', shop.platform.url, '--json', ...args], '', env)
  const { items: findings }: { items: readonly Finding[] } = JSON.parse(ran.stdout)
  return { ...ran, of: (check: string) => findings.filter((one) => one.check === check) }
}

const credentials = () => ({ API_KEY: shop.key.apiKey, SECRET: shop.key.secret })

describe('the doctor', () => {
  it('finds no problem, and that a token signed with the secret is accepted', async () => {
    const { status, of } = await examine(credentials(), '--idle', '1')
    expect(status).toBe(0)
    for (const check of ['reachable', 'ready', 'clock', 'gate', 'secret', 'token', 'idle']) {
      expect([check, of(check).map(({ status }) => status)]).toEqual([check, ['ok']])
    }
  })

  it('finds that a token is refused, and exits with 1', async () => {
    const { status, of } = await examine({ ...credentials(), SECRET: `${shop.key.secret}x` })
    expect([status, of('token')]).toEqual([1, [expect.objectContaining({ status: 'problem' })]])
  })

  it('finds problems of a policy, with a personal access token', async () => {
    await shop.run('policy', 'set', shop.key.apiKey, '--allow-any-user')
    const ask = await becomeOwner(shop.platform, shop.data)
    const rights = ['keys:read']
    const { body } = await ask('POST', '/me/tokens', { name: 'doctor', rights })
    const { status, of, stdout } = await examine({ STAGEDOOR_TOKEN: body.secret })
    expect(status).toBe(1)
    expect(of('policy').map(({ message }) => message)).toContainEqual(expect.stringContaining('wildcard'))
    expect(stdout).not.toContain(body.secret)
  })

  it('prints no secret, also if nothing is right', async () => {
    const { stdout, stderr } = await examine({ API_KEY: 'nobody', SECRET: 'canary-of-a-secret' })
    expect(stdout + stderr).not.toContain('canary')
  })
})
