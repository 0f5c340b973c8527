import { fork } from 'node:child_process'
import { once } from 'node:events'
import { AccessToken } from '@stagedoor/access-token'
import { io } from 'socket.io-client'
import { WebSocket } from 'ws'

const SESSIONS = 4_000
// What is made once, at the first sessions, is not theirs.
const WARM_UP = 500
const AT_A_TIME = 50
// By then each has been asked for a sign of life, and its socket listens for the answer.
const IDLE_MS = 30_000
const BAR = 1.5

const SERVERS = { ours: enter, 'bare-ws': enter, 'socket-io': enterSocketIo }

let weighed

/**
 * What one session that is open and does nothing makes the server hold. Each is of a user of its own, with a token of its own.
 *
 * @param of which of the figures of the process.
 */
function memory(name, of) {
  return async () => ({
    name: `memory of one idle session: ${name}`,
    async run() {
      weighed ??= weigh()
      const medians = Object.fromEntries((await weighed).map(({ server, grown }) => [server, grown[of] / SESSIONS]))
      const ratios = {}
      for (const peer of Object.keys(medians)) if (peer !== 'ours') ratios[peer] = medians.ours / medians[peer]
      return { unit: 'bytes', medians, ratios, bars: { 'bare-ws': { atMost: BAR } } }
    },
  })
}

async function weigh() {
  const servers = await Promise.all(Object.entries(SERVERS).map(([name, enterAt]) => open(name, enterAt)))
  for (const server of servers) await crowd(server, WARM_UP)
  await idle()
  const before = await Promise.all(servers.map(weightOf))
  for (const server of servers) await crowd(server, SESSIONS)
  await idle()
  const after = await Promise.all(servers.map(weightOf))
  for (const { process } of servers) process.kill()
  return servers.map(({ name }, at) => ({
    server: name,
    grown: {
      heapBytes: after[at].heapBytes - before[at].heapBytes,
      residentBytes: after[at].residentBytes - before[at].residentBytes,
    },
  }))
}

async function open(name, enterAt) {
  const process = fork(new URL(`../servers/${name}.mjs`, import.meta.url), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: ['--expose-gc'],
  })
  const [{ port, apiKey = 'bench', secret = 'no secret, for a server that checks nothing' }] = await once(
    process,
    'message',
  )
  let users = 0
  const enterNext = () => {
    const id = `user ${++users}`
    return enterAt(port, { apiKey, id, token: new AccessToken(apiKey, secret, { apiRTC_UserAgent_Id: id }).toJwt() })
  }
  return { name, process, enterNext }
}

async function crowd({ enterNext }, count) {
  let left = count
  const entering = async () => {
    while (left-- > 0) await enterNext()
  }
  await Promise.all(Array.from({ length: AT_A_TIME }, entering))
}

function idle() {
  return new Promise((done) => setTimeout(done, IDLE_MS))
}

async function weightOf({ process }) {
  process.send('memory')
  const [weight] = await once(process, 'message')
  return weight
}

function enter(port, { apiKey, id, token }) {
  return new Promise((done, fail) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/v1/gate`, 'stagedoor.v1', { perMessageDeflate: false })
    socket.on('open', () => socket.send(JSON.stringify({ type: 'register', ref: 1, apiKey, id, token })))
    socket.once('message', (data) => {
      if (JSON.parse(data).type === 'registered') done()
      else fail(new Error(`Not admitted: ${data}`))
    })
    socket.on('error', fail)
  })
}

function enterSocketIo(port, { token }) {
  return new Promise((done, fail) => {
    const options = { auth: { token }, transports: ['websocket'], forceNew: true, reconnection: false }
    const socket = io(`http://127.0.0.1:${port}`, options)
    socket.on('connect', done)
    socket.on('connect_error', fail)
  })
}

export const rows = [memory('on the heap', 'heapBytes'), memory('of the process', 'residentBytes')]
