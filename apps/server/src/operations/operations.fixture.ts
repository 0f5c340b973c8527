import { Writable } from 'node:stream'
import { createTokenVerifier } from '@stagedoor/access-token'
import type { Ban, CloseReason } from '@stagedoor/protocol'
import type { Admission } from '../admission/admit.ts'
import { Revocations } from '../api-key/revocation.ts'
import { systemClock } from '../clock.ts'
import { Conversations } from '../conversation/conversations.ts'
import { leaveAll } from '../conversation/leave.ts'
import { KeyUses } from '../keyring/key-uses.ts'
import type { KnownApiKey } from '../keyring/known-api-key.ts'
import { createLog } from '../observe/log.ts'
import { DEFAULT_POLICY } from '../policy/policy.ts'
import { RefusalCounts } from '../refusal-log/refusal-counts.ts'
import { RefusalHistory } from '../refusal-log/refusal-history.ts'
import type { RefusalStore } from '../refusal-log/refusal-store.ts'
import { Refusals } from '../refusal-log/refusals.ts'
import type { CloseAndRevokeOutcome } from '../registration/close-and-revoke.ts'
import { admissionOf } from '../session/session.fixture.ts'
import type { Session } from '../session/session.ts'
import { Sessions } from '../session/sessions.ts'
import { StoreDownError } from '../store-down.ts'
import { LiveFeed } from './live-feed.ts'
import type { Operations } from './operations.ts'

/** An API key with the default policy. */
function knownOf(apiKey: string): KnownApiKey {
  return {
    apiKey,
    name: 'Shop',
    state: 'active',
    createdAt: 0,
    policy: DEFAULT_POLICY,
    verify: createTokenVerifier({ keys: [] }),
    revocations: new Revocations([]),
    keysAreMissing: false,
  }
}

const NO_TRAFFIC: Operations['traffic'] = {
  read: async () => ({ steps: [], countedSince: 0 }),
  sumRefusals: async () => [],
}

/** A refusal log whose store is down, so that it answers from memory. */
function refusalsInMemory(): RefusalHistory {
  const isDown = () => Promise.reject(new StoreDownError('There is no store here'))
  const store = new Proxy({} as RefusalStore, { get: () => isDown })
  return new RefusalHistory({
    log: new Refusals(() => true),
    store,
    clock: { now: () => 1_000, after: () => () => {} },
    keepSeconds: 7 * 86_400,
    onError: () => {},
    onSetAside: () => {},
  })
}

/** Live operations with sessions whose clock stands still, and the lines of the log. */
export function makeOperations(live = new LiveFeed(systemClock)) {
  const lines: string[] = []
  const kept = new Writable({ write: (chunk, _encoding, done) => done(void lines.push(String(chunk))) })
  const conversations = new Conversations(live)
  const sessions = new Sessions(
    { now: () => 1_000, after: () => () => {} },
    (session, reason) => {
      leaveAll(conversations, session)
      live.closed(session, reason)
    },
    (session) => live.opened(session),
    (session) => live.changed(session),
  )
  return {
    lines,
    live,
    refusals: refusalsInMemory(),
    traffic: NO_TRAFFIC,
    refusalCounts: new RefusalCounts(() => true),
    sessions,
    conversations,
    registrar: { answer: (): Admission => admissionOf('alice'), fetchKeysFor: () => undefined },
    keyring: { find: knownOf, failedKeySetsOf: (_apiKey: string): readonly string[] => [] },
    keyUses: new KeyUses(),
    closeAndRevoke: async (
      session: Session,
      { reason }: { readonly reason: CloseReason; readonly ban: Ban },
    ): Promise<CloseAndRevokeOutcome> => {
      session.close(reason)
      return 'banned'
    },
    pageOf: (code: string) => `http://docs.example/${code}`,
    log: createLog({ level: 'debug', pretty: false }, kept),
  }
}
