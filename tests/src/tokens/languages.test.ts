import { createHmac, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import process from 'node:process'
import { text } from 'node:stream/consumers'
import { signCompact } from '@stagedoor/access-token/jws'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { codeSamples } from '../../../apps/dashboard/src/minting/code-samples.ts'
import { codeBlock } from '../fixtures/code-blocks.fixture.ts'
import { stagedoor } from '../fixtures/platform.fixture.ts'
import { register } from '../fixtures/raw-client.fixture.ts'
import { Shop } from '../fixtures/shop.fixture.ts'
import { buildGolangJwt, whyNotGolangJwt } from './golang-jwt.fixture.ts'
import { findCommand, GO, LANGUAGES, PHP, PYTHON, reportMissing, runProgram } from './languages.fixture.ts'

const ODD_USER = `Zoë "O'Brien" \\ $HOME %s 雪 🎭`
const ODD_CONVERSATION = `a "lesson" \\ it's é`
// Valid base64 of 33 bytes, so that code that decodes it signs with something else.
const SECRET_LIKE_BASE64 = 'VGhpcyB0ZXh0IGlzIHRoZSBrZXksIG5vdCB3aGF0IGl0'
const SECRET_OF_WORDS = `une clé d'essai "très" secrète 🎭 $HOME \\ %s`

const shop = Shop.forTests()

beforeAll(async () => {
  for (const secret of [SECRET_LIKE_BASE64, SECRET_OF_WORDS]) {
    const { status, stderr } = await stagedoor(
      ['signing-key', 'import', shop.key.apiKey, '--algorithm', 'HS256', '--data', shop.data],
      secret,
    )
    expect([status, stderr]).toEqual([0, ''])
    const token = shop.mint('alice', {}, secret)
    await vi.waitFor(async () => expect(await shop.outcomeOf('alice', token)).toBe('registered'), 5_000)
  }
})

/** The gate's answers to a registration with the token, and to joining each conversation. */
async function enter(userId: string, token: string, ...conversations: readonly string[]): Promise<readonly string[]> {
  const { client, answer } = await register(shop.platform.url, shop.key.apiKey, userId, token)
  const said = [answer]
  for (const [at, conversation] of conversations.entries()) {
    client.send({ type: 'join', ref: at + 2, conversation })
    said.push(await client.next())
  }
  client.socket.terminate()
  return said.map((one) => ('code' in one ? one.code : one.type))
}

const claimsFor = (apiKey: string) => {
  const now = Math.floor(Date.now() / 1_000)
  const grants = { apiRTC_UserAgent_Id: 'alice' }
  return { sub: apiKey, aud: 'apiRTC', iat: now - 60, exp: now + 600, jti: randomUUID(), grants }
}
const signed = (claims: object, secret = SECRET_OF_WORDS, alg: 'HS256' | 'HS512' = 'HS256') =>
  signCompact(JSON.stringify(claims), secret, { alg, typ: 'JWT' })
const encoded = (json: object) => Buffer.from(JSON.stringify(json)).toString('base64url')
const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())

const UNACCEPTABLE: Readonly<Record<string, (apiKey: string) => string>> = {
  'was changed': (apiKey) => {
    const [header, , signature] = signed(claimsFor(apiKey)).split('.')
    const grants = { apiRTC_UserAgent_Id: 'mallory' }
    return [header, encoded({ ...claimsFor(apiKey), grants }), signature].join('.')
  },
  'has expired': (apiKey) => signed({ ...claimsFor(apiKey), exp: claimsFor(apiKey).iat + 50 }),
  'never expires': (apiKey) => signed({ ...claimsFor(apiKey), exp: undefined }),
  'is not good yet': (apiKey) => signed({ ...claimsFor(apiKey), nbf: claimsFor(apiKey).exp - 60 }),
  'is signed with another secret': (apiKey) => signed(claimsFor(apiKey), SECRET_LIKE_BASE64),
  'is signed with another algorithm': (apiKey) => signed(claimsFor(apiKey), SECRET_OF_WORDS, 'HS512'),
  'names another algorithm than signed it': (apiKey) => {
    const input = `${encoded({ alg: 'HS512', typ: 'JWT' })}.${encoded(claimsFor(apiKey))}`
    return `${input}.${createHmac('sha256', SECRET_OF_WORDS).update(input).digest('base64url')}`
  },
  'is not signed': (apiKey) => `${encoded({ alg: 'none', typ: 'JWT' })}.${encoded(claimsFor(apiKey))}.`,
  'is for another audience': (apiKey) => signed({ ...claimsFor(apiKey), aud: 'another' }),
  'is for no audience': (apiKey) => signed({ ...claimsFor(apiKey), aud: undefined }),
  'is of no API key': (apiKey) => signed({ ...claimsFor(apiKey), sub: undefined }),
  'is of another API key': (apiKey) => signed({ ...claimsFor(apiKey), sub: `${apiKey}x` }),
  'is none': () => 'no token at all',
}

const byName = LANGUAGES.map((language) => [language.name, language] as const)

describe.each(byName)('examples/mint in %s', (name, { runners, mint, verify, environment: own, complaint }) => {
  const command = findCommand(runners)
  const missing = command === undefined ? reportMissing(`examples/mint in ${name}`, runners) : ''
  beforeEach(({ skip }) => skip(missing !== '', missing))

  function run(file: string, environment: NodeJS.ProcessEnv, { args = [] as readonly string[], input = '' }) {
    const here = { API_KEY: shop.key.apiKey, SECRET: SECRET_OF_WORDS, ...own }
    return runProgram([...(command ?? []), `examples/mint/${file}`, ...args], { ...here, ...environment }, input)
  }

  async function minted(userId: string, environment: NodeJS.ProcessEnv = {}): Promise<string> {
    const { status, stdout, stderr } = await run(mint, environment, { args: [userId] })
    expect([status, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/^\S+\n$/)
    return stdout.trim()
  }

  it('mints tokens that the gate admits, for ten minutes, each with a jti of its own', async () => {
    const tokens = [await minted('alice', { SECRET: shop.key.secret }), await minted('alice')]
    for (const token of tokens) expect(await enter('alice', token, 'anywhere')).toEqual(['registered', 'joined'])
    const claims = tokens.map(claimsOf)
    expect(claims.map(({ exp, iat }) => exp - iat)).toEqual([600, 600])
    expect(new Set(claims.map(({ jti }) => jti)).size).toBe(2)
  })

  it('signs with the secret as it is written, which may look like base64', async () => {
    expect(await enter('alice', await minted('alice', { SECRET: SECRET_LIKE_BASE64 }))).toEqual(['registered'])
  })

  it('holds a token to one user and one conversation, whatever their names', async () => {
    const token = await minted(ODD_USER, { CONVERSATION: ODD_CONVERSATION })
    const said = ['registered', 'joined', 'conversation_not_granted']
    expect(await enter(ODD_USER, token, ODD_CONVERSATION, 'another')).toEqual(said)
    expect(await enter('alice', token)).toEqual(['user_id_mismatch'])
  })

  it('makes no token for every conversation out of an empty one', async () => {
    expect(await enter('alice', await minted('alice', { CONVERSATION: '' }))).toEqual(['token_malformed'])
  })

  it.each([{ SECRET: undefined }, { SECRET: '' }, { API_KEY: undefined }, { API_KEY: '' }])(
    'prints no token in an environment with %o',
    async (environment) => {
      const { status, stdout } = await run(mint, environment, { args: ['alice'] })
      expect([status === 0, stdout]).toEqual([false, ''])
    },
  )

  if (complaint !== undefined) {
    it('prints no token for a name that it cannot read in another locale', async () => {
      const { status, stdout, stderr } = await run(mint, { LC_ALL: 'C' }, { args: [ODD_USER] })
      expect([status === 0, stdout]).toEqual([false, ''])
      expect(stderr).toContain(complaint)
    })
  }

  if (verify === undefined) return

  it('accepts a token with a list of audiences', async () => {
    const token = signed({ ...claimsFor(shop.key.apiKey), aud: ['another', 'apiRTC'] })
    expect(await run(verify, {}, { input: token })).toEqual({ status: 0, stdout: 'alice\n', stderr: '' })
  })

  it('accepts what this house mints, and says whom it is for', async () => {
    for (const userId of ['alice', ODD_USER]) {
      const verdict = await run(verify, {}, { input: `${shop.mint(userId, {}, SECRET_OF_WORDS)}\n` })
      expect(verdict).toEqual({ status: 0, stdout: `${userId}\n`, stderr: '' })
    }
  })

  it.each(Object.entries(UNACCEPTABLE))('refuses a token that %s', async (_what, spoil) => {
    const { status, stdout, stderr } = await run(verify, {}, { input: spoil(shop.key.apiKey) })
    expect([status === 0, stdout, stderr]).toEqual([false, '', expect.stringContaining('refused: ')])
  })
})

describe('golang-jwt', () => {
  const missing = whyNotGolangJwt()
  if (missing !== undefined) process.stdout.write(`golang-jwt was not asked: ${missing}\n`)
  beforeEach(({ skip }) => skip(missing !== undefined, missing))
  let built: ReturnType<typeof buildGolangJwt> | undefined

  beforeAll(() => {
    if (missing === undefined) built = buildGolangJwt()
  })
  afterAll(() => built?.remove())

  function verify(token: string) {
    return runProgram([built?.program ?? ''], { API_KEY: shop.key.apiKey, SECRET: SECRET_OF_WORDS }, `${token}\n`)
  }

  it('accepts what this house mints, and says whom it is for', async () => {
    for (const userId of ['alice', ODD_USER]) {
      const verdict = await verify(shop.mint(userId, {}, SECRET_OF_WORDS))
      expect(verdict).toEqual({ status: 0, stdout: `${userId}\n`, stderr: '' })
    }
  })

  it.each(Object.entries(UNACCEPTABLE))('refuses a token that %s', async (_what, spoil) => {
    const { status, stdout, stderr } = await verify(spoil(shop.key.apiKey))
    expect([status === 0, stdout, stderr]).toEqual([false, '', expect.stringContaining('refused: ')])
  })
})

describe('the code that the dashboard shows', () => {
  const conversations = [{ name: ODD_CONVERSATION, role: 'guest', publish: ['data'], subscribe: true }]
  const samples = (url: string) => codeSamples({ url, userId: ODD_USER, ttlSeconds: 600, conversations })

  it.for([
    ['Node.js', 'mjs', [{ command: [process.execPath], probe: [process.execPath, '--version'] }]],
    ['Python', 'py', PYTHON],
    ['PHP', 'php', PHP],
    ['Go', 'go', GO],
  ] as const)(
    'in %s mints what the gate admits, whatever the names are',
    async ([language, extension, runners], { skip }) => {
      const command = findCommand(runners)
      if (command === undefined) return skip(reportMissing(`the code of the dashboard in ${language}`, runners))
      const { stdout, stderr } = await inFile(sampleIn(language, samples(shop.platform.url)), extension, (path) =>
        runProgram([...command, path], { API_KEY: shop.key.apiKey, SECRET: SECRET_OF_WORDS }),
      )
      expect(stderr).toBe('')
      const said = ['registered', 'joined', 'conversation_not_granted']
      expect(await enter(ODD_USER, stdout.trim(), ODD_CONVERSATION, 'another')).toEqual(said)
    },
  )

  it('in curl asks for the same token', async ({ skip }) => {
    const curl = [{ command: ['sh'], probe: ['curl', '--version'] }]
    if (findCommand(curl) === undefined) return skip(reportMissing('the code of the dashboard in curl', curl))
    const server = createServer().listen(0, '127.0.0.1')
    const asked = new Promise<unknown>((resolve) => {
      server.on('request', async (request, response) => {
        resolve({ url: request.url, body: JSON.parse(await text(request)) })
        response.end()
      })
    })
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const code = sampleIn('curl', samples(`http://127.0.0.1:${port}`))
    const { stderr } = await runProgram(['sh'], { API_KEY: 'key_of_a_test', STAGEDOOR_TOKEN: 'of a test' }, code)
    server.close()
    expect(stderr).toBe('')
    const body = { id: ODD_USER, ttlSeconds: 600, conversations }
    expect(await asked).toEqual({ url: '/api/v1/keys/key_of_a_test/tokens', body })
  })
})

describe('the code of the README', () => {
  it('with a shell and OpenSSL mints what the gate admits', async ({ skip }) => {
    const openssl = [{ command: ['bash'], probe: ['openssl', 'version'] }]
    if (findCommand(openssl) === undefined) skip(reportMissing('the shell script of the README', openssl))
    const code = codeBlock('README.md', 'bash')
    for (const SECRET of [SECRET_OF_WORDS, SECRET_LIKE_BASE64]) {
      const { stdout, stderr } = await runProgram(['bash'], { API_KEY: shop.key.apiKey, SECRET }, code)
      expect(stderr).toBe('')
      expect(await enter('alice', stdout.trim(), 'anywhere')).toEqual(['registered', 'joined'])
    }
  })
})

function sampleIn(language: string, samples: ReturnType<typeof codeSamples>): string {
  const code = samples.find((sample) => sample.language === language)?.code
  if (code === undefined) throw new Error(`The dashboard shows nothing in ${language}`)
  return code
}

/** Writes the code where it finds the packages of this workspace. */
async function inFile<T>(code: string, extension: string, use: (path: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(import.meta.dirname, '..', '..', 'results-'))
  try {
    await writeFile(join(folder, `main.${extension}`), code)
    return await use(join(folder, `main.${extension}`))
  } finally {
    await rm(folder, { recursive: true })
  }
}
