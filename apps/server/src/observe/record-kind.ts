/** The records that are written in the background, and can be set aside if the store rejects them. */
export const RECORD_KINDS = ['delivery', 'outcome', 'refusal'] as const
export type RecordKind = (typeof RECORD_KINDS)[number]
