/** How long refusals are kept where nobody says otherwise, in seconds: 7 days. */
export const DEFAULT_KEEP_SECONDS = 7 * 86_400
/** The bounds of what may be said, in seconds: an hour and 90 days. */
export const MIN_KEEP_SECONDS = 3_600
export const MAX_KEEP_SECONDS = 90 * 86_400
