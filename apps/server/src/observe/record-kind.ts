/** What is written behind, and may be set aside where the store will not take it. */
export const RECORD_KINDS = ['delivery', 'outcome', 'refusal'] as const
export type RecordKind = (typeof RECORD_KINDS)[number]
