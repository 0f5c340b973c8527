import { z } from 'zod'
import { KEY_ADVICE } from '../../../api-key/key-advice.ts'

const timeSchema = z.number().describe('Seconds since 1970.')

export const trafficSchema = z
  .object({
    steps: z
      .array(
        z.object({
          at: timeSchema.describe('The start of the step, in seconds since 1970.'),
          admitted: z.int().describe('Admitted registrations.'),
          peakSessions: z
            .int()
            .describe(
              'The most sessions that were open at the same time; of several API keys, the sum of their peaks.',
            ),
          refused: z.int().describe('Refused attempts, renewals and requests.'),
          refusals: z.record(z.string(), z.int()).describe('Refusals by code. A code that is missing had none.'),
        }),
      )
      .readonly(),
    sessionsNow: z.int().describe('Open sessions.'),
    countedSince: timeSchema.describe('When counting began, in seconds since 1970.'),
  })
  .meta({ id: 'Traffic' })

const ofKey = { apiKey: z.string(), apiKeyName: z.string() }

export const attentionSchema = z
  .object({
    items: z
      .array(
        z.discriminatedUnion('kind', [
          z.object({
            kind: z.literal('webhook_failing').describe('The last attempt failed. It will be retried.'),
            ...ofKey,
            endpointId: z.string(),
            url: z.string(),
          }),
          z.object({
            kind: z.literal('webhook_gone').describe('The endpoint answered 410 and was disabled.'),
            ...ofKey,
            endpointId: z.string(),
            url: z.string(),
          }),
          z.object({
            kind: z.literal('signing_key').describe('The same as `advice` of the signing key.'),
            ...ofKey,
            keyId: z.string(),
            advice: z.enum(KEY_ADVICE),
            retiresAt: timeSchema.nullable(),
          }),
          z.object({
            kind: z.literal('no_signing_key').describe('No signing key is in force, so no token can be verified.'),
            ...ofKey,
          }),
          z.object({
            kind: z.literal('key_set_unreachable').describe('A key set could not be fetched for a day, or not at all.'),
            ...ofKey,
            keyId: z.string(),
          }),
          z.object({
            kind: z.literal('refusals_spike').describe('One reason for refusals is far more frequent than on average.'),
            ...ofKey,
            code: z.string(),
            count: z.int().describe('In the current and the previous hour.'),
            usual: z.number().describe('The average of two hours in the day before.'),
          }),
          z.object({
            kind: z
              .literal('turn_missing')
              .describe('No TURN server is configured, although the platform is reachable from other machines.'),
          }),
          z.object({
            kind: z
              .literal('demo_on')
              .describe('The demo gives a token to anyone, although the platform is reachable from other machines.'),
          }),
          z.object({ kind: z.literal('store_unavailable').describe('The store cannot be used.') }),
        ]),
      )
      .readonly()
      .describe('The most urgent first.'),
    isComplete: z.boolean().describe('Whether everything was checked. Not with very many API keys or items.'),
  })
  .meta({ id: 'Attention' })

export type AttentionItem = z.infer<typeof attentionSchema>['items'][number]
