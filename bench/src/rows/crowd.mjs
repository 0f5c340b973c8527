import { fork } from 'node:child_process'
import { once } from 'node:events'
import { AccessToken } from '@stagedoor/access-token'
import { WebSocket } from 'ws'
import { median } from '../interleave.mjs'

// Two descriptors for each session are in two processes: well under what a process may open here.
const CROWD = 10_000
const STEPS = [1_000, 5_000, 10_000, 15_000]
const AT_A_TIME = 50
const SAMPLE = 400
const BAR_MS = 250
// Time enough to open the crowd, and the end of all its tokens at one moment.
const SHORT_LIFE_SECONDS = 60

/**
 * How long it takes, from the moment that many sessions should end, until none is left, and until the last client has seen
 * its socket close. The clients are in this process, and share the machine with the server.
 */
function closing(name, prepare, trigger) {
  return async () => ({
    name: `${name} of ${CROWD.toLocaleString('en')} sessions at once`,
    async run() {
      const server = await open()
      const { token, begin } = prepare(server)
      const sockets = await crowd(server, CROWD, token)
      const closed = Promise.all(sockets.map((socket) => once(socket, 'close')))
      const began = (await trigger?.(server)) ?? begin
      const [ended, seen] = await Promise.all([noneIsLeft(server).then(Date.now), closed.then(Date.now)])
      server.process.kill()
      const medians = { ours: ended - began, 'the last client': seen - began, allowed: BAR_MS }
      return { unit: 'ms', medians, ratios: { allowed: medians.ours / BAR_MS }, bars: { allowed: { atMost: 1 } } }
    },
  })
}

const revocation = closing(
  'revocation',
  (server) => ({ token: mint(server, 3_600) }),
  async ({ process }) => {
    process.send('revoke')
    const [{ revokedAtMs }] = await once(process, 'message')
    return revokedAtMs
  },
)

const expiry = closing('expiry', (server) => {
  const token = mint(server, SHORT_LIFE_SECONDS)
  const { exp } = JSON.parse(Buffer.from(token.split('.')[1], 'base64url'))
  return { token, begin: exp * 1000 }
})

/** How long it takes until the one session that is revoked is closed, among many that are not. */
async function revocationOfOne() {
  return {
    name: `revocation of one session among ${CROWD.toLocaleString('en')}`,
    async run({ rounds }) {
      const server = await open()
      await crowd(server, CROWD, mint(server, 3_600))
      const took = []
      for (let round = 0; round < rounds; round++) {
        const id = `user ${round}`
        const [socket] = await crowd(server, 1, mint(server, 3_600, id), id)
        const closed = once(socket, 'close')
        server.process.send(`revoke ${id}`)
        const [{ revokedAtMs }] = await once(server.process, 'message')
        await closed
        took.push(Date.now() - revokedAtMs)
      }
      server.process.kill()
      const medians = { ours: median(took), 'the slowest': Math.max(...took), allowed: BAR_MS }
      return { unit: 'ms', medians, ratios: { allowed: medians.ours / BAR_MS }, bars: { allowed: { atMost: 1 } } }
    },
  }
}

async function noneIsLeft({ port }) {
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/healthz`)
    if ((await answer.json()).sessions === 0) return
    await new Promise((again) => setTimeout(again, 5))
  }
}

/** What one more admission costs the server, by how many sessions there are already. */
async function flatness() {
  return {
    name: 'admission by the number of live sessions',
    async run() {
      const server = await open()
      const token = mint(server, 3_600)
      const medians = {}
      let live = 0
      for (const step of STEPS) {
        await crowd(server, step - live, token)
        live = step
        const costs = []
        for (let round = 0; round < 9; round++) costs.push(await costOfAdmission(server, token))
        medians[step === STEPS.at(-1) ? 'ours' : `at ${step.toLocaleString('en')}`] = median(costs)
      }
      server.process.kill()
      const first = `at ${STEPS[0].toLocaleString('en')}`
      const ratios = { [first]: medians.ours / medians[first] }
      return { unit: 'µs of CPU', medians, ratios, bars: { [first]: { atMost: 1.3 } } }
    },
  }
}

async function open() {
  const process = fork(new URL('../servers/ours.mjs', import.meta.url), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const [facts] = await once(process, 'message')
  return { process, ...facts }
}

function mint({ apiKey, secret }, ttl, id = 'alice') {
  return new AccessToken(apiKey, secret, { apiRTC_UserAgent_Id: id, ttl }).toJwt()
}

async function crowd(server, count, token, id = 'alice') {
  const sockets = []
  let left = count
  const enter = async () => {
    while (left-- > 0) sockets.push(await admit(server, token, id))
  }
  await Promise.all(Array.from({ length: AT_A_TIME }, enter))
  return sockets
}

function admit({ port, apiKey }, token, id) {
  return new Promise((done, fail) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/v1/gate`, 'stagedoor.v1', { perMessageDeflate: false })
    socket.on('open', () => socket.send(JSON.stringify({ type: 'register', ref: 1, apiKey, id, token })))
    socket.once('message', (data) => {
      if (JSON.parse(data).type === 'registered') done(socket)
      else fail(new Error(`Not admitted: ${data}`))
    })
    socket.on('error', fail)
  })
}

async function costOfAdmission(server, token) {
  const before = await cpuMicroseconds(server)
  const sockets = await crowd(server, SAMPLE, token)
  const cost = ((await cpuMicroseconds(server)) - before) / SAMPLE
  const closed = Promise.all(sockets.map((socket) => once(socket, 'close')))
  for (const socket of sockets) socket.close(1000)
  await closed
  return cost
}

async function cpuMicroseconds({ process }) {
  process.send('cpu')
  const [{ cpuMicroseconds }] = await once(process, 'message')
  return cpuMicroseconds
}

export const rows = [revocationOfOne, revocation, expiry, flatness]
