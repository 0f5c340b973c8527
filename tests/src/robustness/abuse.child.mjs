// A process full of attackers: it is told where and with which tokens, attacks until it is killed, and says what it did on request.
import { connect } from 'node:net'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { WebSocket } from 'ws'

const counts = {}
const count = (what) => {
  counts[what] = (counts[what] ?? 0) + 1
}

process.on('message', (message) => {
  if (message === 'count') process.send(counts)
  else for (const attack of ATTACKS) void repeat(attack, message)
})

async function repeat(attack, place) {
  for (;;) {
    await attack(place).catch(() => {})
    await sleep(5)
  }
}

const UPGRADE =
  'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=='
const HANDSHAKES = [
  `GET /v1/gate HTTP/1.1\r\nHost: a\r\n${UPGRADE}\r\nSec-WebSocket-Protocol: stagedoor.v1\r\n\r\n`,
  `GET /nope HTTP/1.1\r\nHost: a\r\n${UPGRADE}\r\n\r\n`,
  `GET /v1/gate HTTP/1.1\r\nHost: a\r\n${UPGRADE}\r\n\r\n`,
  `GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n`,
]

/** Goes away in the middle of a handshake, or right after it. */
async function abortUpgrades({ url }) {
  const { hostname, port } = new URL(url)
  const text = HANDSHAKES[Math.floor(Math.random() * HANDSHAKES.length)]
  const socket = connect(Number(port), hostname)
  socket.on('error', () => {})
  await new Promise((opened) => socket.once('connect', opened).once('close', opened))
  socket.write(text.slice(0, Math.random() < 0.5 ? text.length : Math.floor(Math.random() * text.length)))
  await sleep(Math.random() * 3)
  if (Math.random() < 0.5) socket.resetAndDestroy()
  else socket.destroy()
  count('upgrades aborted')
}

/** Guesses passwords, many at a time, from one address and from many. */
async function guessPasswords({ url, email }) {
  const guess = async (at) => {
    const forwarded = at % 2 === 0 ? '198.51.100.1' : `198.51.${at % 256}.${Math.floor(Math.random() * 256)}:4711`
    const body = JSON.stringify({ email: at % 3 === 0 ? email : `${Math.random()}@example.com`, password: 'a guess' })
    const headers = { 'content-type': 'application/json', 'x-forwarded-for': forwarded }
    const { status } = await fetch(`${url}/api/v1/login`, { method: 'POST', headers, body })
    count(`logins answered ${status}`)
  }
  await Promise.allSettled(Array.from({ length: 50 }, (_, at) => guess(at)))
  await sleep(100)
}

const nested = `${'['.repeat(8_000)}${']'.repeat(8_000)}`

/** Sends first frames that are none, that are deep, that are large, and names that are none. */
async function sendFirstFrames({ url, apiKey }) {
  const register = { type: 'register', ref: 1, apiKey, id: 'a', token: 'a.b.c' }
  const frames = [
    'no JSON',
    `{"type":"register","ref":1,"apiKey":"${apiKey}","id":"a","userData":{"a":${nested}}}`,
    JSON.stringify({ ...register, pad: 'x'.repeat(15_000) }),
    ...['..', '.', '\ud800', 'a\u0000', 'ApiKey_Token'].map((id) => JSON.stringify({ ...register, id })),
    JSON.stringify({ type: 'resume', ref: 1, ticket: 'guessed', received: 0 }),
  ]
  for (const frame of frames) {
    const socket = await open(url)
    socket.send(frame)
    await closed(socket)
    count('first frames refused')
  }
}

/** Enters with a token, and floods: tiny frames, large ones, deep ones, pings. */
function floodWith(makeFrames, what) {
  return async (place) => {
    const socket = await enter(place)
    const frames = makeFrames(place)
    while (socket.readyState === WebSocket.OPEN) {
      for (const frame of frames) {
        if (frame === 'ping') socket.ping()
        else socket.send(frame)
        count(what)
      }
      // As fast as the other side takes it, in bounded memory.
      while (socket.bufferedAmount > 4 * 1024 * 1024 && socket.readyState === WebSocket.OPEN) await sleep(1)
      await new Promise((next) => setImmediate(next))
    }
    await sleep(200)
  }
}

const floodTiny = floodWith(() => Array(500).fill('{}'), 'tiny frames')
const floodJunk = floodWith(() => Array(500).fill('[1'), 'frames that are no JSON')
const floodLarge = floodWith(
  () => Array(20).fill(JSON.stringify({ type: 'send_data', ref: 1, conversation: 'a', data: 'x'.repeat(60_000) })),
  'large frames',
)
const floodDeep = floodWith(
  () => Array(20).fill(`{"type":"send_data","ref":1,"conversation":"a","data":${nested}}`),
  'deep frames',
)
const floodPings = floodWith(() => Array(200).fill('ping'), 'pings')
const floodOddNames = floodWith(
  () => ['..', '\ud800', '*', ''].map((conversation) => JSON.stringify({ type: 'join', ref: 1, conversation })),
  'joins by odd names',
)

/** Floods a conversation that honest users are in with chat. */
async function floodChat(place) {
  const socket = await enter(place)
  const conversation = place.conversations[Math.floor(Math.random() * place.conversations.length)]
  socket.send(JSON.stringify({ type: 'join', ref: 1, conversation }))
  const text = 'x'.repeat(4_000)
  for (let ref = 2; socket.readyState === WebSocket.OPEN && ref < 3_000; ref++) {
    socket.send(JSON.stringify({ type: 'send_message', ref, conversation, text }))
    count('chat messages')
    if (ref % 50 === 0) await sleep(5)
  }
  socket.terminate()
}

const ATTACKS = [
  ...Array(4).fill(abortUpgrades),
  guessPasswords,
  sendFirstFrames,
  floodTiny,
  floodJunk,
  floodLarge,
  floodDeep,
  floodPings,
  floodOddNames,
  floodChat,
]

let next = 0

async function enter({ url, apiKey, tokens }) {
  const socket = await open(url)
  const id = next++ % tokens.length
  socket.send(JSON.stringify({ type: 'register', ref: 1, apiKey, id: `attacker ${id}`, token: tokens[id] }))
  await new Promise((answered) => socket.once('message', answered).once('close', answered))
  return socket
}

function open(url) {
  return new Promise((opened, failed) => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/v1/gate`, 'stagedoor.v1', { perMessageDeflate: false })
    socket.on('open', () => opened(socket)).on('error', failed)
  })
}

function closed(socket) {
  return new Promise((done) => socket.once('close', done))
}
