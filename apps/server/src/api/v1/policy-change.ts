import { z } from 'zod'
import { type Policy, policySchema } from '../../keyring/policy.ts'
import { Fault } from './fault.ts'

/** A change of a policy: what is not named stays, and `null` sets a decision back to its default. */
export const policyChangeSchema = z.strictObject(
  Object.fromEntries(
    Object.entries(policySchema.shape).map(([name, schema]) => [name, decisionOf(schema).nullable().optional()]),
  ),
)

export type PolicyChange = z.infer<typeof policyChangeSchema>

// Without its default: what is not named must not become that.
function decisionOf(schema: z.ZodType): z.ZodType {
  const isWrapped = schema instanceof z.ZodDefault || schema instanceof z.ZodOptional
  return isWrapped ? (schema.unwrap() as z.ZodType) : schema
}

export function mergePolicy(before: Policy, change: PolicyChange): Policy {
  const merged = Object.entries({ ...before, ...change }).filter(([, value]) => value !== null)
  const reading = policySchema.safeParse(Object.fromEntries(merged))
  if (reading.success) return reading.data
  throw new Fault(422, 'not_usable', 'The decisions of this policy do not go together.')
}
