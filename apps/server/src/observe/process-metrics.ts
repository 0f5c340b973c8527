import { performance } from 'node:perf_hooks'
import process from 'node:process'
import { Counter, Gauge, type Registry } from 'prom-client'

const MICROSECONDS = 1e6
const MILLISECONDS = 1e3

/**
 * Process metrics with their standard Prometheus names. They are collected when they are read and cost nothing in between: the library's own
 * set observes each garbage collection and samples the event loop, which takes some percent of an admission.
 */
export function collectProcessMetrics(register: Registry): void {
  const registers = [register]
  const total = (name: string, help: string, value: () => number) =>
    new Counter({
      name,
      help,
      registers,
      collect() {
        this.reset()
        this.inc(value())
      },
    })
  const gauge = (name: string, help: string, value: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(value())
      },
    })
  total('process_cpu_seconds_total', 'CPU time, of the user and of the system, in seconds.', () => {
    const { user, system } = process.cpuUsage()
    return (user + system) / MICROSECONDS
  })
  total(
    'nodejs_eventloop_active_seconds_total',
    'How long the event loop was busy, in seconds; its rate is 1 where it does not keep up.',
    () => performance.eventLoopUtilization().active / MILLISECONDS,
  )
  gauge(
    'process_start_time_seconds',
    'When the process began, in seconds since 1970.',
    () => performance.timeOrigin / MILLISECONDS,
  )
  gauge('process_resident_memory_bytes', 'Memory, in bytes.', () => process.memoryUsage.rss())
  gauge('nodejs_heap_used_bytes', 'Memory of the heap that is in use, in bytes.', () => process.memoryUsage().heapUsed)
}
