import process from 'node:process'
import {
  createTokenVerifier,
  inspectToken,
  listChecks,
  type TokenVerification,
  type TokenVerifier,
} from '@stagedoor/access-token'
import { checkLines } from './check-list.ts'
import { print } from './output.ts'
import { readToken } from './read-token.ts'
import { loadKeyringFor, type StoreSettings, withStore } from './settings.ts'

interface Settings extends StoreSettings {
  readonly key?: string
  readonly user?: string
}

export async function verifyToken(argument: string | undefined, settings: Settings): Promise<void> {
  const token = await readToken(argument)
  const apiKey = settings.key ?? apiKeyNamedBy(token)
  const verify = await findVerifier(apiKey, token, settings)
  const verdict = verify(token, settings.user === undefined ? {} : { userAgentId: settings.user })
  const checks = listChecks(verdict)
  print(settings.json, { ...verdict, apiKey, checks }, () => [
    verdict.ok ? `Admitted: a token of ${apiKey}` : `Refused: ${verdict.code}. ${verdict.message}.`,
    ...adviceOn(verdict, apiKey),
    '',
    ...checkLines(checks),
  ])
  if (!verdict.ok) process.exitCode = 1
}

function adviceOn(verdict: TokenVerification, apiKey: string | undefined): string[] {
  if (verdict.ok || verdict.code !== 'wildcard_refused') return []
  return [`To admit such tokens: stagedoor policy set ${apiKey} --allow-any-user`]
}

// A token that does not say whose it is still has a form that can be judged.
async function findVerifier(apiKey: string | undefined, token: string, settings: Settings): Promise<TokenVerifier> {
  const found = await withStore(settings, async (office) =>
    apiKey === undefined ? undefined : (await loadKeyringFor(office, apiKey, token)).find(apiKey),
  )
  return found?.verify ?? createTokenVerifier({ keys: [] })
}

function apiKeyNamedBy(token: string): string | undefined {
  const inspection = inspectToken(token)
  const sub = inspection.ok ? inspection.payload.sub : undefined
  return typeof sub === 'string' ? sub : undefined
}
