import process from 'node:process'

/** Tells the bench that this door is open, and then, whenever it asks, what CPU time the process has used. */
export function serveDoor(facts) {
  process.on('message', () => {
    const { user, system } = process.cpuUsage()
    process.send({ cpuMicroseconds: user + system })
  })
  process.on('disconnect', () => process.exit())
  process.send(facts)
}
