/** How long refusals are kept by default, in seconds: 7 days. */
export const DEFAULT_KEEP_SECONDS = 7 * 86_400
/** The range of the setting, in seconds: an hour to 90 days. */
export const MIN_KEEP_SECONDS = 3_600
export const MAX_KEEP_SECONDS = 90 * 86_400
