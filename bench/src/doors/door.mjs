import process from 'node:process'

/**
 * Tells the bench that this door is open, and then, whenever it asks, what CPU time the process has used.
 *
 * @param commands what else it may ask for, by name; each answers what to tell.
 */
export function serveDoor(facts, commands = {}) {
  process.on('message', async (message) => {
    const [name, ...words] = message.split(' ')
    const { user, system } = process.cpuUsage()
    process.send(name in commands ? await commands[name](words.join(' ')) : { cpuMicroseconds: user + system })
  })
  process.on('disconnect', () => process.exit())
  process.send(facts)
}
