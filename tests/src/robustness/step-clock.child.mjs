// Loaded into a platform before anything else: each SIGUSR2 puts its clock ahead or back by turns, as an operator or NTP might.
import process from 'node:process'

const STEP_MS = 600_000
const now = Date.now.bind(Date)
let offset = 0

Date.now = () => now() + offset
process.on('SIGUSR2', () => {
  offset = offset === 0 ? STEP_MS : 0
})
