import { CHECKS, listChecks } from '@stagedoor/access-token'
import { MAX_CONTACTS_PER_CONVERSATION, type Permissions, type Publication } from '@stagedoor/protocol'
import type { Admission } from '../admission/admit.ts'
import { POLICY_CHECKS, type PolicyCheck } from '../admission/check-policy.ts'
import { permissionsIn } from '../admission/permissions.ts'
import type { Refusal } from '../admission/refusal.ts'
import type { RegistrationRequest } from '../admission/registration-request.ts'
import type { CheckResult } from '../refusal-log/report.ts'

const OF_THE_TOKEN: readonly string[] = CHECKS
const OF_THE_LIVE: readonly PolicyCheck[] = ['single_use', 'session_limit', 'registration_rate']

/** A question: whether a token would be admitted, to a conversation, to publish certain kinds. */
export interface Question extends Pick<RegistrationRequest, 'apiKey' | 'id' | 'token'> {
  /** The origin of the page that would register. */
  readonly origin?: string | undefined
  readonly conversation?: string | undefined
  readonly publish: readonly Publication[]
}

/** The context of a dry run. */
export interface DryRunContext {
  readonly decideRegistration: (request: RegistrationRequest) => Admission | Refusal
  /** How many contacts a conversation has now. Only a running server knows. */
  readonly countContacts?: ((apiKey: string, conversation: string) => number) | undefined
}

export interface DryRun {
  readonly ok: boolean
  /** The result in one sentence. */
  readonly sentence: string
  /** The refusal code, if it is refused. */
  readonly code: string | undefined
  /** What the user would be allowed to do in the conversation. */
  readonly permissions: Permissions | undefined
  readonly checks: {
    readonly token: readonly CheckResult[]
    readonly policy: readonly CheckResult[]
    readonly conversation: readonly CheckResult[]
    readonly publication: readonly CheckResult[]
  }
}

/** Returns what a registration and a join would result in, by the same functions, without opening anything. */
export function dryRun(question: Question, { decideRegistration, countContacts }: DryRunContext): DryRun {
  const { publish, conversation, ...request } = question
  const decision = decideRegistration(request)
  const permissions =
    decision.ok && conversation !== undefined
      ? permissionsIn(conversation, decision.grants, decision.permissions)
      : undefined
  const contacts = conversation === undefined ? undefined : countContacts?.(question.apiKey, conversation)
  const entrance = conversation === undefined ? [] : checkEntrance(decision.ok, permissions, contacts)
  const enters = entrance.every(({ outcome }) => outcome !== 'failed')
  const publication = publish.map((kind) => checkPublication(kind, enters ? permissions : undefined))
  const refusal = decision.ok ? denialOf(entrance, publication) : decision
  return {
    ok: refusal === undefined,
    sentence: refusal === undefined ? describeYes(question, permissions) : `No, ${refusal.code}: ${refusal.message}.`,
    code: refusal?.code,
    permissions,
    checks: {
      token: listTokenChecks(decision),
      policy: listPolicyChecks(decision, countContacts !== undefined),
      conversation: entrance,
      publication,
    },
  }
}

function checkEntrance(
  admitted: boolean,
  permissions: Permissions | undefined,
  contacts: number | undefined,
): CheckResult[] {
  if (!admitted) return [notReached('grant'), notReached('capacity')]
  if (permissions === undefined) {
    const message = 'The token does not allow this user to join this conversation'
    return [{ check: 'grant', outcome: 'failed', message }, notReached('capacity')]
  }
  const grant: CheckResult = { check: 'grant', outcome: 'passed', message: `as ${permissions.role}` }
  if (contacts === undefined) return [grant, { ...notReached('capacity'), message: 'needs a running server' }]
  const full = contacts >= MAX_CONTACTS_PER_CONVERSATION
  const message = `${contacts} of ${MAX_CONTACTS_PER_CONVERSATION} members`
  return [grant, { check: 'capacity', outcome: full ? 'failed' : 'passed', message }]
}

function checkPublication(kind: Publication, permissions: Permissions | undefined): CheckResult {
  if (permissions === undefined) return notReached(kind)
  if (permissions.publish.includes(kind)) return { check: kind, outcome: 'passed' }
  return { check: kind, outcome: 'failed', message: `The token does not allow this user to publish ${kind} there` }
}

function notReached(check: string): CheckResult {
  return { check, outcome: 'not reached' }
}

const CODES: Readonly<Record<string, string>> = { grant: 'conversation_not_granted', capacity: 'limit_reached' }

function denialOf(...lists: readonly CheckResult[][]): { readonly code: string; readonly message: string } | undefined {
  const failed = lists.flat().find(({ outcome }) => outcome === 'failed')
  if (failed === undefined) return undefined
  return { code: CODES[failed.check] ?? 'permission_not_granted', message: failed.message ?? failed.check }
}

function describeYes({ id, conversation, publish }: Question, permissions: Permissions | undefined): string {
  const parts = [
    'be admitted',
    ...(conversation === undefined ? [] : [`join ${conversation} as ${permissions?.role}`]),
    ...(publish.length === 0 ? [] : [`publish ${new Intl.ListFormat('en').format(publish)}`]),
  ]
  return `Yes: ${id} would ${new Intl.ListFormat('en').format(parts)}.`
}

/** The checks of the token; none if there is no token and none is required. */
function listTokenChecks(decision: Admission | Refusal): readonly CheckResult[] {
  if (!decision.ok) return decision.checks.filter(({ check }) => OF_THE_TOKEN.includes(check))
  return decision.claims === undefined ? [] : listChecks(decision)
}

/** The checks after those of the token. Some need a running server. */
function listPolicyChecks(decision: Admission | Refusal, isLive: boolean): readonly CheckResult[] {
  if (!decision.ok) return decision.checks.filter(({ check }) => !OF_THE_TOKEN.includes(check))
  return POLICY_CHECKS.map((check) =>
    isLive || !OF_THE_LIVE.includes(check)
      ? { check, outcome: 'passed' }
      : { check, outcome: 'not reached', message: 'needs a running server' },
  )
}
