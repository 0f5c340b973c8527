import { z } from 'zod'

/** A check and its outcome, for the control socket and the API. */
export const checkSchema = z.object({
  check: z.string(),
  outcome: z.enum(['passed', 'failed', 'not reached']),
  message: z.string().optional(),
})

/** The checks of a dry run, by their subject. */
export const dryRunChecksSchema = z.object({
  token: z.array(checkSchema).readonly(),
  policy: z.array(checkSchema).readonly(),
  conversation: z.array(checkSchema).readonly(),
  publication: z.array(checkSchema).readonly(),
})
