import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { WebSocketServer } from 'ws'
import type { Finding, Patient } from './finding.ts'
import { lookAtCertificate, WARN_DAYS } from './look-at-certificate.ts'
import { lookAtGate } from './look-at-gate.ts'
import { CLOCK_TOLERANCE_SECONDS, lookAtHttp } from './look-at-http.ts'
import { lookAtSecret } from './look-at-secret.ts'

const DAY_MS = 86_400_000
const READY = { status: 'ok', checks: { store: 'ok', registrar: 'ok' } }

async function listen(server: Server, scheme = 'http'): Promise<Patient> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { url: new URL(`${scheme}://127.0.0.1:${port}`), patienceMs: 2_000, nowMs: Date.now }
}

const open = (listener: RequestListener) => listen(createServer(listener))

/** What a platform answers, but for what a test has otherwise. */
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

const verdictOf = (findings: readonly Finding[], check: string) => findings.find((one) => one.check === check)?.verdict
const describeFindings = (findings: readonly Finding[]) =>
  findings.map(({ found, todo }) => `${found} ${todo}`).join('\n')

describe('a platform over HTTP', () => {
  it('is well where it answers, is ready, keeps the time and gives no tokens away', async () => {
    const findings = await lookAtHttp(await open(platform()))
    expect(findings.map(({ check, verdict }) => [check, verdict])).toEqual([
      ['reachable', 'well'],
      ['ready', 'well'],
      ['clock', 'well'],
      ['demo', 'well'],
    ])
  })

  it('is ill where its store is down', async () => {
    const checks = { store: 'unavailable', registrar: 'ok' }
    const patient = await open(platform({ '/readyz': (res) => res.writeHead(503).end(JSON.stringify({ checks })) }))
    expect(describeFindings(await lookAtHttp(patient))).toContain('unavailable')
  })

  it.each([
    ['ahead of', 60],
    ['behind', -60],
  ])('is ill where the clock here is %s its own', async (words, seconds) => {
    const patient = await open(platform())
    const findings = await lookAtHttp({ ...patient, nowMs: () => Date.now() + seconds * 1_000 })
    expect(verdictOf(findings, 'clock')).toBe('ill')
    expect(describeFindings(findings)).toMatch(new RegExp(`(59|60|61) seconds ${words}`))
  })

  it('is well where clocks differ by no more than can be told', async () => {
    const patient = await open(platform())
    const nowMs = () => Date.now() + (CLOCK_TOLERANCE_SECONDS - 1) * 1_000
    expect(verdictOf(await lookAtHttp({ ...patient, nowMs }), 'clock')).toBe('well')
  })

  it('is nothing of ours where a stranger answers, and unreachable where nobody does', async () => {
    const stranger = await lookAtHttp(await open((_req, res) => res.end('<html>')))
    expect(stranger).toMatchObject([
      { check: 'reachable', verdict: 'ill', found: expect.stringContaining('not as a platform') },
    ])
    const server = createServer()
    const patient = await listen(server)
    await new Promise((resolve) => server.close(resolve))
    expect(await lookAtHttp(patient)).toMatchObject([
      { verdict: 'ill', found: expect.stringContaining('ECONNREFUSED') },
    ])
  })

  it('is looked at under its path', async () => {
    const patient = await open((req, res) => {
      if (req.url?.startsWith('/rtc/') === true) platform()({ ...req, url: req.url.slice(4) } as typeof req, res)
      else res.end('<html>')
    })
    const findings = await lookAtHttp({ ...patient, url: new URL(`${patient.url.href}rtc`) })
    expect(findings.every(({ verdict }) => verdict === 'well')).toBe(true)
    expect(describeFindings(findings)).toContain(`${patient.url.href}rtc answers`)
  })

  it('is not waited for for ever', async () => {
    const patient = await open(() => {})
    expect(describeFindings(await lookAtHttp({ ...patient, patienceMs: 100 }))).toContain('no answer in time')
  })
})

describe('the gate', () => {
  const visit = { apiKey: 'shop', userId: 'doctor', token: 'a.b.c', origin: undefined, idleSeconds: 0 }
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

  it('is ill behind a proxy that passes no upgrade on', async () => {
    const findings = await lookAtGate(await open((_req, res) => res.writeHead(404).end()), visit)
    expect(findings).toMatchObject([{ check: 'gate', verdict: 'ill', found: expect.stringContaining('404') }])
    expect(describeFindings(findings)).toContain('"Upgrade"')
  })

  it('tells why a token is refused, and where all of it stands', async () => {
    const findings = await lookAtGate(await gate(refused), visit)
    expect(verdictOf(findings, 'token')).toBe('ill')
    expect(describeFindings(findings)).toContain('stagedoor refusal show rf_1')
  })

  it('points at the origin where the policy lists some and none is said', async () => {
    const answer = { ...refused, code: 'origin_refused' }
    expect(describeFindings(await lookAtGate(await gate(answer), visit))).toContain('--origin')
    expect(
      describeFindings(await lookAtGate(await gate(answer), { ...visit, origin: 'https://a.example' })),
    ).not.toContain('--origin')
  })

  it('points out that the platform takes another address for its own', async () => {
    const findings = await lookAtGate(await gate({ ...refused, docs: 'http://10.0.0.7/refusals/x' }), visit)
    expect(verdictOf(findings, 'public_address')).toBe('advice')
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
    const patient = await listen(server)
    const verdictAt = async (path: string) => {
      const findings = await lookAtGate({ ...patient, url: new URL(path, patient.url) }, visit)
      return verdictOf(findings, 'public_address')
    }
    expect([await verdictAt('/rtc'), await verdictAt('/rtc/')]).toEqual([undefined, undefined])
    expect([await verdictAt('/'), await verdictAt('/other')]).toEqual(['advice', 'advice'])
    expect(addresses).toEqual(['/rtc/v1/gate', '/rtc/v1/gate', '/v1/gate', '/other/v1/gate'])
  })

  it('is ill where whoever knows the API key is let in', async () => {
    expect(verdictOf(await lookAtGate(await gate(registered), { ...visit, token: undefined }), 'policy')).toBe('ill')
    expect(verdictOf(await lookAtGate(await gate(registered), visit), 'token')).toBe('well')
  })

  it('is ill where something in between hangs up on a connection that is idle', async () => {
    const cut = await lookAtGate(await gate(registered, (socket) => setTimeout(() => socket.terminate(), 50)), {
      ...visit,
      idleSeconds: 1,
    })
    expect(verdictOf(cut, 'idle')).toBe('ill')
    const kept = await lookAtGate(await gate(registered), { ...visit, idleSeconds: 0.2 })
    expect(verdictOf(kept, 'idle')).toBe('well')
  })
})

describe('the certificate', () => {
  async function secure(): Promise<Patient> {
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

  it('is well for a month, pointed out before its end, and ill after it, trusted or not', async () => {
    const patient = await secure()
    const after = (days: number) => lookAtCertificate({ ...patient, nowMs: () => Date.now() + days * DAY_MS })
    expect(await after(0)).toMatchObject([{ verdict: 'well' }])
    expect(await after(31 - WARN_DAYS)).toMatchObject([{ verdict: 'advice' }])
    expect(await after(31)).toMatchObject([{ verdict: 'ill', found: expect.stringContaining('ended') }])
  })

  it('that nobody trusts makes the platform unreachable, as it does for browsers', async () => {
    expect(describeFindings(await lookAtHttp(await secure()))).toContain('Browsers will not trust it either')
  })

  it('is missed where strangers come, and not on this machine', async () => {
    const patient = { patienceMs: 1, nowMs: Date.now }
    expect(await lookAtCertificate({ ...patient, url: new URL('http://rtc.example') })).toMatchObject([
      { verdict: 'ill' },
    ])
    expect(await lookAtCertificate({ ...patient, url: new URL('http://127.0.0.1:4420') })).toEqual([])
  })
})

describe('the secret', () => {
  it('is well by chance, and ill where it is short', () => {
    expect(lookAtSecret('6f1d3b9a-long-enough-and-in-no-list-2c')).toMatchObject([{ verdict: 'well' }])
    const [short] = lookAtSecret('canary')
    expect(short).toMatchObject({ verdict: 'ill' })
    expect(JSON.stringify(short)).not.toContain('canary')
  })
})
