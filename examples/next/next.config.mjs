import { fileURLToPath } from 'node:url'

/** @type {import('next').NextConfig} */
export default {
  // The packages lie at the root of this repository. In a folder of your own, leave this out.
  turbopack: { root: fileURLToPath(new URL('../..', import.meta.url)) },
}
