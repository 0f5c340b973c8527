import { z } from 'zod'
import { KEY_ADVICE } from '../../../api-key/key-advice.ts'

const timeSchema = z.number().describe('Seconds since 1970.')

export const trafficSchema = z
  .object({
    steps: z
      .array(
        z.object({
          at: timeSchema.describe('When the step begins, in seconds since 1970.'),
          admitted: z.int().describe('Registrations that were admitted.'),
          peakSessions: z
            .int()
            .describe(
              'The most sessions that were open at the same time; of several API keys, the sum of their peaks.',
            ),
          refused: z.int().describe('Refused attempts, renewals and requests.'),
          refusals: z.record(z.string(), z.int()).describe('The refused by code; one that is not named had none.'),
        }),
      )
      .readonly(),
    sessionsNow: z.int().describe('The sessions that are open.'),
    countedSince: timeSchema.describe('From when on there are counts, in seconds since 1970.'),
  })
  .meta({ id: 'Traffic' })

const ofKey = { apiKey: z.string(), apiKeyName: z.string() }

export const attentionSchema = z
  .object({
    items: z
      .array(
        z.discriminatedUnion('kind', [
          z.object({
            kind: z.literal('webhook_failing').describe('The last attempt to deliver failed. It is tried again.'),
            ...ofKey,
            endpointId: z.string(),
            url: z.string(),
          }),
          z.object({
            kind: z.literal('webhook_gone').describe('The endpoint answered 410, and is disabled.'),
            ...ofKey,
            endpointId: z.string(),
            url: z.string(),
          }),
          z.object({
            kind: z.literal('signing_key').describe('As the advice on a signing key says.'),
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
            kind: z
              .literal('key_set_unreachable')
              .describe('Keys of a key set could not be fetched for a day, or never.'),
            ...ofKey,
            keyId: z.string(),
          }),
          z.object({
            kind: z.literal('refusals_spike').describe('One reason is refused far more often than on average.'),
            ...ofKey,
            code: z.string(),
            count: z.int().describe('In this hour and the one before.'),
            usual: z.number().describe('In two hours on average, of the day before.'),
          }),
          z.object({
            kind: z.literal('turn_missing').describe('No TURN server is configured, and users come from elsewhere.'),
          }),
          z.object({
            kind: z.literal('demo_on').describe('The demo gives anyone a token, and users come from elsewhere.'),
          }),
          z.object({ kind: z.literal('store_unavailable').describe('The store cannot be used.') }),
        ]),
      )
      .readonly()
      .describe('The most urgent first.'),
    isComplete: z.boolean().describe('Whether all was looked at: not with very many API keys, or items.'),
  })
  .meta({ id: 'Attention' })

export type AttentionItem = z.infer<typeof attentionSchema>['items'][number]
