import process from 'node:process'

/**
 * Tells the bench that this server is open, and then, whenever it asks, what CPU time the process has used, or with `memory`
 * what it holds.
 *
 * @param commands what else it may ask for, by name; each answers what to tell.
 */
export function serveRegistrar(facts, commands = {}) {
  process.on('message', async (message) => {
    const [name, ...words] = message.split(' ')
    const ask = name === 'memory' ? weigh : commands[name]
    const { user, system } = process.cpuUsage()
    process.send(ask === undefined ? { cpuMicroseconds: user + system } : await ask(words.join(' ')))
  })
  process.on('disconnect', () => process.exit())
  process.send(facts)
}

// Garbage is collected first, twice: finalizers of the first pass can release more.
function weigh() {
  globalThis.gc()
  globalThis.gc()
  const { heapUsed, external, rss } = process.memoryUsage()
  return { heapBytes: heapUsed + external, residentBytes: rss }
}
