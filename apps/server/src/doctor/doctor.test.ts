import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { WebSocketServer } from 'ws'
import { checkCertificate, WARN_DAYS } from './check-certificate.ts'
import { checkGate } from './check-gate.ts'
import { CLOCK_TOLERANCE_SECONDS, checkHttp } from './check-http.ts'
import { checkSecret } from './check-secret.ts'
import type { Finding, Target } from './finding.ts'

const DAY_MS = 86_400_000
const READY = { status: 'ok', checks: { store: 'ok', registrar: 'ok' } }

async function listen(server: Server, scheme = 'http'): Promise<Target> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { url: new URL(`${scheme}://127.0.0.1:${port}`), timeoutMs: 2_000, nowMs: Date.now }
}

const open = (listener: RequestListener) => listen(createServer(listener))

/** Answers like a platform, except where a test says otherwise. */
function platform(
  answers: Readonly<Record<string, (res: Parameters<RequestListener>[1]) => void>> = {},
): RequestListener {
  return (req, res) => {
    const answer = answers[req.url ?? '']
    if (answer !== undefined) return answer(res)
    if (req.url === '/readyz') res.end(JSON.stringify(READY))
    else res.writeHead(404).end('{}')
  }
}

const statusOf = (findings: readonly Finding[], check: string) => findings.find((one) => one.check === check)?.status
const describeFindings = (findings: readonly Finding[]) =>
  findings.map(({ message, fix }) => `${message} ${fix}`).join('\n')

describe('a platform over HTTP', () => {
  it('is ok if it answers, is ready, has the right time and no public demo', async () => {
    const findings = await checkHttp(await open(platform()))
    expect(findings.map(({ check, status }) => [check, status])).toEqual([
      ['reachable', 'ok'],
      ['ready', 'ok'],
      ['clock', 'ok'],
      ['demo', 'ok'],
    ])
  })

  it('has a problem if its store is down', async () => {
    const checks = { store: 'unavailable', registrar: 'ok' }
    const target = await open(platform({ '/readyz': (res) => res.writeHead(503).end(JSON.stringify({ checks })) }))
    expect(describeFindings(await checkHttp(target))).toContain('unavailable')
  })

  it.each([
    ['ahead of', 60],
    ['behind', -60],
  ])('has a problem if the clock of this machine is %s its own', async (words, seconds) => {
    const target = await open(platform())
    const findings = await checkHttp({ ...target, nowMs: () => Date.now() + seconds * 1_000 })
    expect(statusOf(findings, 'clock')).toBe('problem')
    expect(describeFindings(findings)).toMatch(new RegExp(`(59|60|61) s ${words}`))
  })

  it('is ok if the clocks differ by less than can be measured', async () => {
    const target = await open(platform())
    const nowMs = () => Date.now() + (CLOCK_TOLERANCE_SECONDS - 1) * 1_000
    expect(statusOf(await checkHttp({ ...target, nowMs }), 'clock')).toBe('ok')
  })

  it('is not a platform if something else answers, and unreachable if nothing does', async () => {
    const stranger = await checkHttp(await open((_req, res) => res.end('<html>')))
    expect(stranger).toMatchObject([
      { check: 'reachable', status: 'problem', message: expect.stringContaining('not like a Stagedoor platform') },
    ])
    const server = createServer()
    const target = await listen(server)
    await new Promise((resolve) => server.close(resolve))
    expect(await checkHttp(target)).toMatchObject([
      { status: 'problem', message: expect.stringContaining('ECONNREFUSED') },
    ])
  })

  it('is checked under its path', async () => {
    const target = await open((req, res) => {
      if (req.url?.startsWith('/rtc/') === true) platform()({ ...req, url: req.url.slice(4) } as typeof req, res)
      else res.end('<html>')
    })
    const findings = await checkHttp({ ...target, url: new URL(`${target.url.href}rtc`) })
    expect(findings.every(({ status }) => status === 'ok')).toBe(true)
    expect(describeFindings(findings)).toContain(`${target.url.href}rtc answered`)
  })

  it('is not waited for longer than the timeout', async () => {
    const target = await open(() => {})
    expect(describeFindings(await checkHttp({ ...target, timeoutMs: 100 }))).toContain('no answer in time')
  })
})

describe('the gate', () => {
  const attempt = { apiKey: 'shop', userId: 'doctor', token: 'a.b.c', origin: undefined, idleSeconds: 0 }
  const refused = {
    type: 'refused',
    ref: 1,
    code: 'token_expired',
    message: 'The token has expired.',
    refusalId: 'rf_1',
    serverTime: 0,
    docs: '',
  }

  async function gate(answer: object, then: (socket: import('ws').WebSocket) => void = () => {}) {
    const server = createServer()
    new WebSocketServer({ server }).on('connection', (socket) => {
      socket.once('message', () => {
        socket.send(JSON.stringify(answer))
        then(socket)
      })
    })
    return listen(server)
  }
  const registered = {
    type: 'registered',
    ref: 1,
    sessionId: 's',
    id: 'doctor',
    expiresAt: 0,
    serverTime: 0,
    iceServers: [],
    resume: 'r',
  }

  it('has a problem behind a proxy that does not pass the upgrade on', async () => {
    const findings = await checkGate(await open((_req, res) => res.writeHead(404).end()), attempt)
    expect(findings).toMatchObject([{ check: 'gate', status: 'problem', message: expect.stringContaining('404') }])
    expect(describeFindings(findings)).toContain('"Upgrade"')
  })

  it('reports why a token is refused, and how to see every check', async () => {
    const findings = await checkGate(await gate(refused), attempt)
    expect(statusOf(findings, 'token')).toBe('problem')
    expect(describeFindings(findings)).toContain('stagedoor refusal show rf_1')
  })

  it('asks for --origin if the policy lists origins and none is named', async () => {
    const answer = { ...refused, code: 'origin_refused' }
    expect(describeFindings(await checkGate(await gate(answer), attempt))).toContain('--origin')
    expect(
      describeFindings(await checkGate(await gate(answer), { ...attempt, origin: 'https://a.example' })),
    ).not.toContain('--origin')
  })

  it('advises if the platform is configured with another address', async () => {
    const findings = await checkGate(await gate({ ...refused, docs: 'http://10.0.0.7/refusals/x' }), attempt)
    expect(statusOf(findings, 'public_address')).toBe('advice')
    expect(describeFindings(findings)).toContain('--public-url')
  })

  it('is reached under its path, which is part of its own address', async () => {
    const addresses: (string | undefined)[] = []
    const server = createServer()
    new WebSocketServer({ server }).on('connection', (socket, { url, headers }) => {
      addresses.push(url)
      socket.once('message', () =>
        socket.send(JSON.stringify({ ...refused, docs: `http://${headers.host}/rtc/refusals/token_expired` })),
      )
    })
    const target = await listen(server)
    const statusAt = async (path: string) => {
      const findings = await checkGate({ ...target, url: new URL(path, target.url) }, attempt)
      return statusOf(findings, 'public_address')
    }
    expect([await statusAt('/rtc'), await statusAt('/rtc/')]).toEqual([undefined, undefined])
    expect([await statusAt('/'), await statusAt('/other')]).toEqual(['advice', 'advice'])
    expect(addresses).toEqual(['/rtc/v1/gate', '/rtc/v1/gate', '/v1/gate', '/other/v1/gate'])
  })

  it('has a problem if no token is needed', async () => {
    expect(statusOf(await checkGate(await gate(registered), { ...attempt, token: undefined }), 'policy')).toBe(
      'problem',
    )
    expect(statusOf(await checkGate(await gate(registered), attempt), 'token')).toBe('ok')
  })

  it('has a problem if an idle connection is closed', async () => {
    const cut = await checkGate(await gate(registered, (socket) => setTimeout(() => socket.terminate(), 50)), {
      ...attempt,
      idleSeconds: 1,
    })
    expect(statusOf(cut, 'idle')).toBe('problem')
    const kept = await checkGate(await gate(registered), { ...attempt, idleSeconds: 0.2 })
    expect(statusOf(kept, 'idle')).toBe('ok')
  })
})

describe('the certificate', () => {
  async function secure(): Promise<Target> {
    const folder = mkdtempSync(join(tmpdir(), 'stagedoor-doctor-'))
    const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const made = [
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-keyout',
      keyFile,
      '-out',
      certFile,
    ]
    execFileSync('openssl', ['req', '-x509', '-days', '30', '-subj', '/CN=localhost', ...made], { stdio: 'ignore' })
    return listen(createSecureServer({ key: readFileSync(keyFile), cert: readFileSync(certFile) }), 'https')
  }

  it('is ok for a month, advised to be renewed before it expires, and a problem after that, trusted or not', async () => {
    const target = await secure()
    const after = (days: number) => checkCertificate({ ...target, nowMs: () => Date.now() + days * DAY_MS })
    expect(await after(0)).toMatchObject([{ status: 'ok' }])
    expect(await after(31 - WARN_DAYS)).toMatchObject([{ status: 'advice' }])
    expect(await after(31)).toMatchObject([{ status: 'problem', message: expect.stringContaining('expired') }])
  })

  it('makes the platform unreachable if it is not trusted, as for browsers', async () => {
    expect(describeFindings(await checkHttp(await secure()))).toContain('Browsers will not trust it either')
  })

  it('is required except on this machine', async () => {
    const target = { timeoutMs: 1, nowMs: Date.now }
    expect(await checkCertificate({ ...target, url: new URL('http://rtc.example') })).toMatchObject([
      { status: 'problem' },
    ])
    expect(await checkCertificate({ ...target, url: new URL('http://127.0.0.1:4420') })).toEqual([])
  })
})

describe('the secret', () => {
  it('is ok if it is random, and a problem if it is short', () => {
    expect(checkSecret('6f1d3b9a-long-enough-and-in-no-list-2c')).toMatchObject([{ status: 'ok' }])
    const [short] = checkSecret('canary')
    expect(short).toMatchObject({ status: 'problem' })
    expect(JSON.stringify(short)).not.toContain('canary')
  })
})
