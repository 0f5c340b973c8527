import { REFUSAL_CODES, type RefusalCode } from '@stagedoor/protocol'
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import { Batch } from './batch.ts'
import { collectProcessMetrics } from './process-metrics.ts'
import { RECORD_KINDS, type RecordKind } from './record-kind.ts'

/** The current state. */
export interface Present {
  readonly storeIsUp: boolean
  readonly sessions: number
  readonly sockets: number
  readonly conversations: number
  /** Marks of used tokens that are not written yet. */
  readonly marksWaiting: number
  /** Uses of signing keys that are not written yet. */
  readonly keyUsesWaiting: number
}

// In seconds. Verification takes microseconds, unless the process is overloaded.
const VERIFY_BUCKETS = [1e-5, 2.5e-5, 5e-5, 1e-4, 2.5e-4, 5e-4, 1e-3, 5e-3, 0.025, 0.1]
// Admission takes little longer, unless a published key is fetched first.
const ADMISSION_BUCKETS = [1e-4, 2.5e-4, 5e-4, 1e-3, 2.5e-3, 5e-3, 0.01, 0.05, 0.25, 1, 5]

/**
 * The counters, for Prometheus. No label is chosen by clients, and none is a user id, a token or an API key, so a flood does not add
 * series.
 */
export class Metrics {
  readonly #registry = new Registry()
  readonly #refusals: Counter<'code'>
  readonly #verifySeconds: Batch
  readonly #admissionSeconds: Batch
  readonly #requests: Counter<'method' | 'route' | 'status'>

  readonly #exchanges: Counter<'outcome'>
  readonly #connectionFaults: Counter
  readonly #setAside: Counter<'kind'>

  /** @param exchangeOutcomes all outcomes of a token exchange. */
  constructor(exchangeOutcomes: readonly string[] = []) {
    const registers = [this.#registry]
    collectProcessMetrics(this.#registry)
    const admissions = new Counter({
      name: 'stagedoor_admissions_total',
      help: 'Registrations let in.',
      registers,
      collect: () => this.#admissionSeconds.flush(),
    })
    this.#refusals = new Counter({
      name: 'stagedoor_refusals_total',
      help: 'Attempts, renewals and requests of sessions that were refused, by refusal code.',
      labelNames: ['code'],
      registers,
    })
    // If a series begins with its first refusal, rate() does not see that one.
    for (const code of REFUSAL_CODES) this.#refusals.inc({ code }, 0)
    this.#exchanges = new Counter({
      name: 'stagedoor_token_exchanges_total',
      help: 'Tokens of identity providers that were exchanged or refused, by what became of it.',
      labelNames: ['outcome'],
      registers,
    })
    for (const outcome of exchangeOutcomes) this.#exchanges.inc({ outcome }, 0)
    this.#connectionFaults = new Counter({
      name: 'stagedoor_connection_faults_total',
      help: 'Connections closed because of an unexpected exception. Each is logged; report it as a bug.',
      registers,
    })
    this.#setAside = new Counter({
      name: 'stagedoor_records_set_aside_total',
      help: 'Records that the store would not take, by kind. Each is logged.',
      labelNames: ['kind'],
      registers,
    })
    for (const kind of RECORD_KINDS) this.#setAside.inc({ kind }, 0)
    const verifySeconds = new Histogram({
      name: 'stagedoor_verify_duration_seconds',
      help: 'How long a registration took to be decided on: its token verified and held against the policy.',
      buckets: VERIFY_BUCKETS,
      registers,
      collect: () => this.#verifySeconds.flush(),
    })
    const admissionSeconds = new Histogram({
      name: 'stagedoor_admission_duration_seconds',
      help: 'How long a registration that was let in took, from its frame to its answer.',
      buckets: ADMISSION_BUCKETS,
      registers,
      collect: () => this.#admissionSeconds.flush(),
    })
    this.#verifySeconds = new Batch((seconds) => verifySeconds.observe(seconds))
    this.#admissionSeconds = new Batch((seconds) => {
      admissions.inc()
      admissionSeconds.observe(seconds)
    })
    this.#requests = new Counter({
      name: 'stagedoor_http_requests_total',
      help: 'Requests over HTTP, by the pattern of their route and the status of the answer.',
      labelNames: ['method', 'route', 'status'],
      registers,
    })
  }

  /** Adds the current state each time that the metrics are read. Call it once. */
  watch(look: () => Present): void {
    const registers = [this.#registry]
    const gauge = (name: string, help: string, value: (present: Present) => number) =>
      new Gauge({
        name,
        help,
        registers,
        collect() {
          this.set(value(look()))
        },
      })
    gauge('stagedoor_sessions', 'Live sessions.', ({ sessions }) => sessions)
    gauge('stagedoor_sockets', 'Open WebSockets, with a session or without.', ({ sockets }) => sockets)
    gauge('stagedoor_conversations', 'Conversations that have members.', ({ conversations }) => conversations)
    gauge('stagedoor_store_up', 'Whether the store could be used when it was last looked at.', ({ storeIsUp }) =>
      Number(storeIsUp),
    )
    gauge(
      'stagedoor_marks_waiting',
      'Marks of single-use tokens that are not written into the store yet.',
      ({ marksWaiting }) => marksWaiting,
    )
    gauge(
      'stagedoor_key_uses_waiting',
      'Uses of signing keys that are not written into the store yet.',
      ({ keyUsesWaiting }) => keyUsesWaiting,
    )
  }

  /** The time since the process started, in seconds, with a higher resolution than the clock. */
  readonly now = (): number => performance.now() / 1_000

  /** A registration was decided on. */
  readonly verified = (seconds: number): void => this.#verifySeconds.add(seconds)

  /** A registration was admitted. */
  readonly admitted = (seconds: number): void => this.#admissionSeconds.add(seconds)

  readonly refused = (code: RefusalCode): void => this.#refusals.inc({ code })

  /** A connection was closed because of an unexpected exception. */
  readonly connectionFailed = (): void => this.#connectionFaults.inc()

  readonly setAside = (kind: RecordKind): void => this.#setAside.inc({ kind })

  readonly exchanged = (outcome: string): void => this.#exchanges.inc({ outcome })

  /** @param route the pattern of a registered route, never the requested path. */
  answered(method: string, route: string, status: number): void {
    this.#requests.inc({ method, route, status: String(status) })
  }

  /** The media type of {@link write}. */
  get contentType(): string {
    return this.#registry.contentType
  }

  /** All metrics, in the text format of Prometheus. */
  write(): Promise<string> {
    return this.#registry.metrics()
  }
}
