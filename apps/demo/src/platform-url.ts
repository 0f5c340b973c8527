/** The URL of the platform, which serves this page below `demo/`; with a trailing slash. */
export const PLATFORM_URL = new URL('..', location.href).href
