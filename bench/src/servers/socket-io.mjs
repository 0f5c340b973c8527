import { createServer } from 'node:http'
import jsonwebtoken from 'jsonwebtoken'
import { Server } from 'socket.io'
import { serveRegistrar } from './server.mjs'

const SECRET = 'a secret of the bench, which everyone may read'

const http = createServer()
const server = new Server(http, { transports: ['websocket'], perMessageDeflate: false })
server.use((socket, next) => {
  jsonwebtoken.verify(socket.handshake.auth.token, SECRET, { algorithms: ['HS256'], audience: 'apiRTC' })
  next()
})
http.listen(0, '127.0.0.1', () => serveRegistrar({ port: http.address().port, apiKey: 'bench', secret: SECRET }))
