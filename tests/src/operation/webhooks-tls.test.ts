import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createAdmin } from '@stagedoor/admin'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { enrollOwner } from '../fixtures/owner.fixture.ts'
import { makeFolder, stagedoorJson, startPlatformIn } from '../fixtures/platform.fixture.ts'
import { Receiver } from '../fixtures/receiver.fixture.ts'

const folder = makeFolder()
const [keyFile, certFile] = [join(folder.path, 'tls.key'), join(folder.path, 'tls.crt')]
let receiver: Receiver
let apiKey: string
let owner: string

beforeAll(async () => {
  // Its own signature, and for localhost alone.
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']
  const made = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', keyFile, '-out', certFile]
  execFileSync('openssl', ['req', '-x509', '-days', '1', ...made, ...subject], { stdio: 'ignore' })
  receiver = new Receiver({ key: readFileSync(keyFile), cert: readFileSync(certFile) })
  await receiver.open()
  ;({ apiKey } = await stagedoorJson<{ apiKey: string }>(['key', 'create'], folder.path))
  owner = await enrollOwner({ dataFolder: folder.path })
})
afterAll(async () => {
  await receiver?.close()
  folder.remove()
})

/** Sends a test to an address from a platform of its own, and answers what became of it and what would verify it. */
async function send(url: string, environment: NodeJS.ProcessEnv) {
  const platform = await startPlatformIn(environment, folder.path, '--webhooks-to-private')
  try {
    const admin = createAdmin({ url: platform.url, token: owner })
    const params = { path: { key: apiKey } }
    const { endpointId, secret } = await admin.post('/api/v1/keys/{key}/webhooks', { params, body: { url } })
    const path = { key: apiKey, endpointId }
    const { deliveryId } = await admin.post('/api/v1/keys/{key}/webhooks/{endpointId}/test', { params: { path } })
    const look = () =>
      admin.get('/api/v1/keys/{key}/webhooks/{endpointId}/deliveries/{deliveryId}', {
        params: { path: { ...path, deliveryId } },
      })
    await expect.poll(async () => (await look()).attempts.length, { timeout: 10_000 }).toBeGreaterThan(0)
    const { state, attempts } = await look()
    return { state, attempt: attempts[0], secret, endpointId }
  } finally {
    await platform.stop()
  }
}

describe('a webhook over TLS', () => {
  it('is delivered where the certificate is trusted, and signed', async () => {
    const { state, attempt, secret } = await send(receiver.url, { NODE_EXTRA_CA_CERTS: certFile })
    expect([state, attempt]).toEqual(['delivered', expect.objectContaining({ status: 204, reason: null })])
    const [{ body, headers, message } = expect.unreachable()] = receiver.received
    expect(new Webhook(secret).verify(body, headers as Record<string, string>)).toEqual(message)
    expect(message.type).toBe('test')
  })

  it.each([
    ['nobody vouches for the certificate', () => receiver.url, {}, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    [
      'the certificate is of another name',
      () => receiver.url.replace('localhost', '127.0.0.1'),
      { NODE_EXTRA_CA_CERTS: certFile },
      'ERR_TLS_CERT_ALTNAME_INVALID',
    ],
  ])('is not sent where %s, and it is shown why', async (_why, urlOf, environment, code) => {
    const { state, attempt, endpointId } = await send(urlOf(), environment)
    expect([state, attempt]).toMatchObject([
      'retrying',
      { status: null, reason: `the certificate is not valid (${code})` },
    ])
    // Others may arrive: deliveries of the platforms before are tried again.
    expect(receiver.received.filter(({ message }) => message.data.endpointId === endpointId)).toEqual([])
  })
})
