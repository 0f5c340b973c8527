import { z } from 'zod'
import type { ApiKey } from '../../../api-key/api-key.ts'
import { whyNotAsked } from '../../../outbound/why-not-asked.ts'
import { type Policy, policySchema } from '../../../policy/policy.ts'
import type { ApiContext } from '../http/api-context.ts'
import { ProblemError } from '../http/problem-error.ts'
import { nameSchema } from '../schemas/shapes.ts'

/** A change of a policy: missing settings stay, and `null` resets one to its default. */
const policyChangeSchema = z.strictObject(
  Object.fromEntries(
    Object.entries(policySchema.shape).map(([name, schema]) => [name, decisionOf(schema).nullable().optional()]),
  ),
)

type PolicyChange = z.infer<typeof policyChangeSchema>

/** A change of an API key: missing fields stay. */
export const keyChangeSchema = z.strictObject({
  name: nameSchema.optional(),
  state: z.enum(['active', 'disabled']).optional(),
  policy: policyChangeSchema.optional(),
})

/**
 * Converts the change to its internal form.
 *
 * @throws {ProblemError} if it is invalid.
 */
export function prepareKeyChange(
  { privateProviders }: Pick<ApiContext, 'privateProviders'>,
  before: ApiKey,
  { name, state, policy }: z.infer<typeof keyChangeSchema>,
) {
  const change = {
    ...(name !== undefined && { name }),
    ...(state !== undefined && { state }),
    ...(policy !== undefined && { policy: mergePolicy(before.policy, policy) }),
  }
  if (policy?.['identityProviders'] != null) requireAskedProviders(change.policy, privateProviders)
  return change
}

/** @throws {ProblemError} if the platform would never contact one of the policy's identity providers. */
export function requireAskedProviders(policy: Policy | undefined, privateProviders: boolean): void {
  for (const provider of policy?.identityProviders ?? []) {
    const why = whyNotAsked(provider.issuer, privateProviders)
    if (why !== undefined) throw new ProblemError(422, 'not_usable', why)
  }
}

// Without its default: a missing setting must not be reset.
function decisionOf(schema: z.ZodType): z.ZodType {
  const isWrapped = schema instanceof z.ZodDefault || schema instanceof z.ZodOptional
  return isWrapped ? (schema.unwrap() as z.ZodType) : schema
}

function mergePolicy(before: Policy, change: PolicyChange): Policy {
  const merged = Object.entries({ ...before, ...change }).filter(([, value]) => value !== null)
  const reading = policySchema.safeParse(Object.fromEntries(merged))
  if (reading.success) return reading.data
  throw new ProblemError(422, 'not_usable', 'The decisions of this policy do not go together.')
}
