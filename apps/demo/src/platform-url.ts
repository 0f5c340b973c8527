/** The platform that serves this page, at `demo/` below it; with a trailing slash. */
export const PLATFORM_URL = new URL('..', location.href).href
