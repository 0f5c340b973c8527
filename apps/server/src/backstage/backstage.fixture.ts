import { Writable } from 'node:stream'
import type { CloseReason } from '@stagedoor/protocol'
import type { Admission } from '../admission/admit.ts'
import { Conversations } from '../conversation/conversations.ts'
import { KeyUses } from '../keyring/key-uses.ts'
import { createLog } from '../observe/log.ts'
import { Refusals } from '../refusal/refusals.ts'
import type { KeepOutOutcome } from '../session/keep-out.ts'
import { admissionOf } from '../session/session.fixture.ts'
import type { Session } from '../session/session.ts'
import { Sessions } from '../session/sessions.ts'

/** A running house, with a clock that stands still, and the log's lines. */
export function makeHouse() {
  const lines: string[] = []
  const kept = new Writable({ write: (chunk, _encoding, done) => done(void lines.push(String(chunk))) })
  return {
    lines,
    refusals: new Refusals(() => true),
    sessions: new Sessions({ now: () => 1_000, after: () => () => {} }, () => {}),
    conversations: new Conversations(),
    door: { answer: (): Admission => admissionOf('alice'), fetchKeysFor: () => undefined },
    keyUses: new KeyUses(),
    keepOut: async (session: Session, reason: CloseReason): Promise<KeepOutOutcome> => {
      session.close(reason)
      return 'kept_out'
    },
    pageOf: (code: string) => `http://docs.example/${code}`,
    log: createLog({ level: 'debug', pretty: false }, kept),
  }
}
