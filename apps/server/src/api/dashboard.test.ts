import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serveDashboard } from './dashboard.ts'
import { createHttp } from './http.ts'

const folder = mkdtempSync(join(tmpdir(), 'stagedoor-dashboard-'))
let http: FastifyInstance

beforeAll(async () => {
  mkdirSync(join(folder, 'assets'))
  writeFileSync(
    join(folder, 'index.html'),
    '<script type="module" nonce="__NONCE__" src="/dashboard/assets/a.js"></script>',
  )
  writeFileSync(join(folder, 'assets', 'a.js'), 'export {}')
  http = await createHttp()
  await serveDashboard(http, '', folder)
})
afterAll(async () => {
  await http.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('the dashboard', () => {
  it('is the same page at each of its paths, and never cached', async () => {
    for (const address of ['/dashboard/', '/dashboard/setup', '/dashboard/keys/abc/live?sort=-since']) {
      const answer = await http.inject(address)
      expect([address, answer.statusCode, answer.headers['content-type']]).toEqual([
        address,
        200,
        'text/html; charset=utf-8',
      ])
      expect(answer.headers['cache-control']).toBe('no-store')
    }
    expect((await http.inject('/dashboard')).headers['location']).toBe('/dashboard/')
  })

  it('allows inline scripts and styles only with a nonce that changes each time, and cannot be framed', async () => {
    const answers = [await http.inject('/dashboard/'), await http.inject('/dashboard/')]
    const policies = answers.map(({ headers }) => String(headers['content-security-policy']))
    for (const [at, policy] of policies.entries()) {
      expect(policy).not.toContain('unsafe')
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).toContain("default-src 'self'")
      const [, nonce = ''] = /style-src 'self' 'nonce-([^']{32,})'/.exec(policy) ?? []
      expect(answers[at]?.body).toContain(`nonce="${nonce}"`)
    }
    expect(policies[0]).not.toBe(policies[1])
  })

  it('serves files that browsers can cache permanently, and no others', async () => {
    expect((await http.inject('/dashboard/assets/a.js')).headers['cache-control']).toBe(
      'public, max-age=31536000, immutable',
    )
    expect((await http.inject('/dashboard/assets/none.js')).statusCode).toBe(404)
    expect((await http.inject('/dashboard/assets/../index.html')).headers['content-type']).toContain('text/html')
  })
})
