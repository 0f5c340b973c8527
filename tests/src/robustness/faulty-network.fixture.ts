import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A way to a gate on this machine that fails as networks do. What fails are the connections of the moment; new ones work. */
export interface FaultyNetwork {
  readonly url: string
  /** Ends every connection with a reset. */
  cut(): void
  /** Nothing arrives on either side any more, and neither is told. */
  silence(): void
  /** What clients send still arrives, and nothing that is sent to them. */
  loseAnswers(): void
  close(): void
}

interface Line {
  readonly client: Socket
  readonly gate: Socket
  losesRequests: boolean
  losesAnswers: boolean
}

export async function openFaultyNetwork(port: number): Promise<FaultyNetwork> {
  const lines = new Set<Line>()
  const server = createServer((client) => {
    const gate = connect(port, '127.0.0.1')
    const line: Line = { client, gate, losesRequests: false, losesAnswers: false }
    lines.add(line)
    client.on('data', (data) => line.losesRequests || gate.write(data))
    gate.on('data', (data) => line.losesAnswers || client.write(data))
    for (const socket of [client, gate]) {
      socket.setNoDelay(true)
      socket.on('error', () => {})
      socket.on('close', () => {
        lines.delete(line)
        // A connection that lost something ends with a reset, as one does whose peer does not know it any more.
        const end = line.losesAnswers || line.losesRequests ? 'resetAndDestroy' : 'destroy'
        client[end]()
        gate[end]()
      })
    }
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut() {
      for (const { client, gate } of lines) {
        client.resetAndDestroy()
        gate.resetAndDestroy()
      }
    },
    silence() {
      for (const line of lines) {
        line.losesRequests = true
        line.losesAnswers = true
      }
    },
    loseAnswers() {
      for (const line of lines) line.losesAnswers = true
    },
    close() {
      for (const { client, gate } of lines) {
        client.destroy()
        gate.destroy()
      }
      server.close()
    },
  }
}
