import { z } from 'zod'

/** A check and what became of it, as it is told at the control socket and over the API. */
export const checkSchema = z.object({
  check: z.string(),
  outcome: z.enum(['passed', 'failed', 'not reached']),
  message: z.string().optional(),
})

/** The checks of a dry run, by what they are made on. */
export const dryRunChecksSchema = z.object({
  token: z.array(checkSchema).readonly(),
  policy: z.array(checkSchema).readonly(),
  conversation: z.array(checkSchema).readonly(),
  publication: z.array(checkSchema).readonly(),
})
