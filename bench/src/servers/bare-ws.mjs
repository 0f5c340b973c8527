import { WebSocketServer } from 'ws'
import { serveRegistrar } from './server.mjs'

// As long as the answer of ours, and never looked at.
const ANSWER = JSON.stringify({ type: 'registered', ref: 1, filler: 'x'.repeat(130) })

const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false })
server.on('connection', (socket) => socket.on('message', () => socket.send(ANSWER)))
server.on('listening', () => serveRegistrar({ port: server.address().port }))
