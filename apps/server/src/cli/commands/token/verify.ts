import process from 'node:process'
import { inspectToken } from '@stagedoor/access-token'
import { commandLine } from '../../../command-line.ts'
import { readToken } from '../../input/read-token.ts'
import { loadKeyringFor, type StoreSettings, withStore } from '../../local/store.ts'
import { checkLines } from '../../output/check-list.ts'
import { print } from '../../output/print.ts'
import { verifyOnStore } from './verify-on-store.ts'

interface Settings extends StoreSettings {
  readonly key?: string
  readonly user?: string
}

export async function verifyToken(argument: string | undefined, settings: Settings): Promise<void> {
  const token = await readToken(argument)
  const apiKey = settings.key ?? apiKeyNamedBy(token)
  const { verdict, ...said } = await withStore(settings, async (context) => {
    const now = context.now()
    const keyring = await loadKeyringFor(context, apiKey ?? '', token)
    const used = await context.store.listUsedTokens(now)
    return verifyOnStore({ token, apiKey, userId: settings.user, now }, keyring, used)
  })
  const { ok, code, message, checks, notChecked } = said
  print(settings.json, { ...verdict, ...said, apiKey }, () => [
    ok ? `Valid: a token for ${apiKey}.` : `Refused: ${code}. ${message}.`,
    ...adviceOn(code, apiKey),
    '',
    ...checkLines(checks),
    '',
    `Not checked, because it depends on the client: ${notChecked.join(', ')}. To check these too: ${commandLine('explain')}`,
  ])
  if (!ok) process.exitCode = 1
}

function adviceOn(code: string | undefined, apiKey: string | undefined): string[] {
  if (code !== 'wildcard_refused') return []
  return [`To accept such tokens: ${commandLine(`policy set ${apiKey} --allow-any-user`)}`]
}

function apiKeyNamedBy(token: string): string | undefined {
  const inspection = inspectToken(token)
  const sub = inspection.ok ? inspection.payload.sub : undefined
  return typeof sub === 'string' ? sub : undefined
}
