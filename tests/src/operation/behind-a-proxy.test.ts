import { readFileSync } from 'node:fs'
import { get } from 'node:https'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { codeBlock } from '../fixtures/code-blocks.fixture.ts'
import { freePort } from '../fixtures/free-port.fixture.ts'
import { stagedoor } from '../fixtures/platform.fixture.ts'
import { HAS_CADDY, HAS_NGINX, ReverseProxy } from '../fixtures/proxy.fixture.ts'
import { Shop } from '../fixtures/shop.fixture.ts'

const GUIDE = 'docs/guides/behind-a-proxy.md'
const SCALE_OUT = 'docs/guides/scale-out.md'
const RUNNING = 'docs/running.md'
const UPSTREAM = '127.0.0.1:4420'

const shop = Shop.forTests()

/** What the doctor says of it, check by check, when it is through the proxy. */
async function examine(url: string, certificate: string): Promise<Record<string, string>> {
  const env = { API_KEY: shop.key.apiKey, SECRET: shop.key.secret, NODE_EXTRA_CA_CERTS: certificate }
  const { stdout } = await stagedoor(['doctor', '--url', url, '--json', '--idle', '1'], '', env)
  const { items }: { items: { check: string; status: string }[] } = JSON.parse(stdout)
  return Object.fromEntries(items.map(({ check, status }) => [check, status]))
}

/** Waits for the proxy to be up; answers what the doctor says of it then. */
async function examineWhenUp(url: string, certificate: string): Promise<Record<string, string>> {
  const up = { timeout: 20_000, interval: 300 }
  await expect.poll(() => examine(url, certificate), up).toMatchObject({ reachable: 'ok' })
  return examine(url, certificate)
}

/** Neither finds anything there; the platform says so in a problem (RFC 9457). */
function whoAnswers(url: string, { certificate }: ReverseProxy): Promise<string> {
  return new Promise((answer, fail) => {
    get(url, { ca: readFileSync(certificate) }, (response) => {
      const { statusCode, headers } = response.resume()
      if (statusCode !== 404) fail(new Error(`${url}: ${statusCode}`))
      answer(headers['content-type']?.startsWith('application/problem+json') ? 'the platform' : 'the proxy')
    }).on('error', fail)
  })
}

const WELL = { reachable: 'ok', ready: 'ok', gate: 'ok', token: 'ok', idle: 'ok' }

async function expectOnlyPolicyChecks(url: string, proxy: ReverseProxy): Promise<void> {
  expect(await examineWhenUp(url, proxy.certificate)).toMatchObject({ ...WELL, certificate: 'ok' })
  expect(await whoAnswers(`${url}/metrics`, proxy)).toBe('the proxy')
  expect(await whoAnswers(`${url}/nothing`, proxy)).toBe('the platform')
}

describe.skipIf(!HAS_NGINX)('nginx, as the guide sets it up', () => {
  const proxy = new ReverseProxy()
  const plain = new ReverseProxy()
  const least = new ReverseProxy()
  let port: number
  let plainPort: number
  let leastPort: number

  beforeAll(async () => {
    ;[port, plainPort, leastPort] = [await freePort(), await freePort(), await freePort()]
    const platform = new URL(shop.platform.url).host
    proxy.startNginx(
      codeBlock(GUIDE, 'nginx')
        .replace('listen 443 ssl;', `listen 127.0.0.1:${port} ssl;`)
        .replaceAll('/etc/letsencrypt/live/rtc.example.com', proxy.folder)
        .replace(UPSTREAM, platform),
    )
    plain.startNginx(codeBlock(SCALE_OUT, 'nginx').replace('8080', String(plainPort)).replace(UPSTREAM, platform))
    const location = codeBlock(RUNNING, 'nginx').replace(UPSTREAM, platform)
    least.startNginx(`server { listen 127.0.0.1:${leastPort}; ${location} }`)
  })
  afterAll(() => Promise.all([proxy.stop(), plain.stop(), least.stop()]))

  it('lets users through to the gate, and nobody to the metrics', async () => {
    await expectOnlyPolicyChecks(`https://127.0.0.1:${port}`, proxy)
  })

  it('leads to the platform of an application, where there are several', async () => {
    expect(await examineWhenUp(`http://127.0.0.1:${plainPort}`, plain.certificate)).toMatchObject(WELL)
  })

  it('needs no more than the page about running it says', async () => {
    expect(await examineWhenUp(`http://127.0.0.1:${leastPort}`, least.certificate)).toMatchObject(WELL)
  })
})

describe.skipIf(!HAS_CADDY)('Caddy, as the guide sets it up', () => {
  const proxy = new ReverseProxy()
  let port: number

  beforeAll(async () => {
    port = await freePort()
    const site = codeBlock(GUIDE, 'caddy')
      .replace('rtc.example.com {', `https://127.0.0.1:${port} {\n  tls ${proxy.certificate} ${proxy.key}`)
      .replace(UPSTREAM, new URL(shop.platform.url).host)
    proxy.startCaddy(`{\n  admin off\n  auto_https disable_redirects\n}\n${site}`)
  })
  afterAll(() => proxy.stop())

  it('lets users through to the gate, and nobody to the metrics', async () => {
    await expectOnlyPolicyChecks(`https://127.0.0.1:${port}`, proxy)
  })
})
