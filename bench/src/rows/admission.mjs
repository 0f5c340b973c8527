import { fork } from 'node:child_process'
import { once } from 'node:events'
import { AccessToken } from '@stagedoor/access-token'
import { io } from 'socket.io-client'
import { WebSocket } from 'ws'
import { sumUp } from '../interleave.mjs'

const ADMISSIONS_A_TURN = 400
const AT_A_TIME = 16
const USER = 'alice'

// Each is a separate process with its own CPU time; all are driven from here in the same way.
const SERVERS = { ours: attempt, 'bare-ws': attempt, 'socket-io': registerWithSocketIo }

/** What one admission costs the server: to take a connection and a token, and to answer that it is admitted. */
async function admission() {
  return {
    name: 'admission: connect, register, answer',
    async run({ rounds }) {
      const servers = await Promise.all(Object.entries(SERVERS).map(([name, attemptAt]) => open(name, attemptAt)))
      const costs = []
      for (let round = -1; round < rounds; round++) {
        const costOf = {}
        for (let at = 0; at < servers.length; at++) {
          const server = servers[(at + round + servers.length) % servers.length]
          costOf[server.name] = await measure(server)
        }
        if (round >= 0) costs.push(costOf)
      }
      for (const { process } of servers) process.kill()
      return { unit: 'µs of CPU', ...sumUp(costs, 'ours'), bars: { 'bare-ws': { atMost: 1.3 } } }
    },
  }
}

async function open(name, attemptAt) {
  const process = fork(new URL(`../servers/${name}.mjs`, import.meta.url), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const [{ port, apiKey = 'bench', secret = 'no secret, for a server that checks nothing' }] = await once(
    process,
    'message',
  )
  const token = new AccessToken(apiKey, secret, { apiRTC_UserAgent_Id: USER }).toJwt()
  return { name, process, attempt: () => attemptAt(port, { apiKey, token }) }
}

async function measure({ process, attempt }) {
  const before = await cpuMicroseconds(process)
  let left = ADMISSIONS_A_TURN
  const client = async () => {
    while (left-- > 0) await attempt()
  }
  await Promise.all(Array.from({ length: AT_A_TIME }, client))
  return ((await cpuMicroseconds(process)) - before) / ADMISSIONS_A_TURN
}

async function cpuMicroseconds(process) {
  process.send('cpu')
  const [answer] = await once(process, 'message')
  return answer.cpuMicroseconds
}

function attempt(port, { apiKey, token }) {
  return new Promise((done, fail) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/v1/gate`, 'stagedoor.v1', { perMessageDeflate: false })
    socket.on('open', () => socket.send(JSON.stringify({ type: 'register', ref: 1, apiKey, id: USER, token })))
    socket.on('message', (data) => {
      if (JSON.parse(data).type !== 'registered') fail(new Error(`Not admitted: ${data}`))
      socket.close()
    })
    socket.on('close', done)
    socket.on('error', fail)
  })
}

function registerWithSocketIo(port, { token }) {
  return new Promise((done, fail) => {
    const options = { auth: { token }, transports: ['websocket'], forceNew: true, reconnection: false }
    const socket = io(`http://127.0.0.1:${port}`, options)
    socket.on('connect', () => {
      socket.disconnect()
      done()
    })
    socket.on('connect_error', fail)
  })
}

export const rows = [admission]
