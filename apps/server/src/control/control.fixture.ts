import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import type { CloseReason } from '@stagedoor/protocol'
import { onTestFinished } from 'vitest'
import type { Admission } from '../admission/admit.ts'
import { Conversations } from '../conversation/conversations.ts'
import { KeyUses } from '../keyring/key-uses.ts'
import { createLog } from '../observe/log.ts'
import { Refusals } from '../refusal/refusals.ts'
import type { KeepOutOutcome } from '../session/keep-out.ts'
import { admissionOf } from '../session/session.fixture.ts'
import type { Session } from '../session/session.ts'
import { Sessions } from '../session/sessions.ts'
import { openControl } from './open-control.ts'

export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'stagedoor-control-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

/** What stands behind a control socket, with a clock that stands still, and the log's lines. */
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

export async function openTestControl(folder: string, house = makeHouse()) {
  const close = await openControl(folder, house)
  let open = true
  const closeOnce = async () => {
    if (open) await close()
    open = false
  }
  onTestFinished(closeOnce)
  return { house, close: closeOnce }
}
