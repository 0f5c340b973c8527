// A process full of clients: it is sent who they are, says when all are in, and then how many came and went.
import process from 'node:process'
import { WebSocket } from 'ws'

const AT_A_TIME = 50
const TICK_MS = 50

let place
const sockets = []
let count = 0
let timer

process.on('message', async (message) => {
  if (message.tokens !== undefined) {
    place = message
    const left = [...message.tokens.keys()]
    const enter = async () => {
      for (let at = left.pop(); at !== undefined; at = left.pop()) sockets.push(await admit(at))
    }
    await Promise.all(Array.from({ length: AT_A_TIME }, enter))
    process.send('in')
    return
  }
  clearInterval(timer)
  if (message.perSecond === 0) return process.send(count)
  let owed = 0
  timer = setInterval(() => {
    owed += (message.perSecond * TICK_MS) / 1_000 / 2
    for (; owed >= 1; owed--) comeAndGo()
  }, TICK_MS)
})

// One goes and another comes: two sessions of which the page hears.
function comeAndGo() {
  const [at, socket] = sockets.shift() ?? []
  if (socket === undefined) return
  socket.close(1000)
  count += 2
  void admit(at).then((entered) => sockets.push(entered))
}

function admit(at) {
  const { url, apiKey, tokens } = place
  return new Promise((done, fail) => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/v1/gate`, 'stagedoor.v1', { perMessageDeflate: false })
    socket.on('open', () =>
      socket.send(JSON.stringify({ type: 'register', ref: 1, apiKey, id: `user ${at}`, token: tokens[at] })),
    )
    socket.once('message', (data) => {
      if (JSON.parse(data).type === 'registered') done([at, socket])
      else fail(new Error(`Not admitted: ${data}`))
    })
    socket.on('error', fail)
  })
}
