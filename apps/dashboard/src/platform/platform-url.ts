import { findBasePath } from './find-base-path.ts'

const declared = document.querySelector<HTMLMetaElement>('meta[name=base-path]')?.content ?? ''

/** The prefix of every path of the platform, such as `/rtc`; empty at the root of an origin. */
export const BASE_PATH = findBasePath(declared, location.pathname)
/** The platform that serves this page, without a trailing slash. */
export const PLATFORM_URL = `${location.origin}${BASE_PATH}`
