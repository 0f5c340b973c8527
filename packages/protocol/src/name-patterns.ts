/** In a token this admits any user id, so no user can have it as an id. */
export const ANY_USER_AGENT = 'ApiKey_Token'

/** Text that is shown to people: well-formed Unicode (no lone surrogates) without control characters. */
export const PRINTABLE = /^[^\p{Cc}\p{Cs}]+$/u

/**
 * What API keys, user ids, key ids and names of conversations have in common: {@link PRINTABLE}, and not `.` or `..`, which no path
 * of a URL can hold, encoded or not (WHATWG URL, double-dot path segment).
 */
export const NAME = /^(?!\.{1,2}$)[^\p{Cc}\p{Cs}]+$/u
