import type { FastifyInstance } from 'fastify'

const STYLE_PATH = '/style.css'

const STYLE = `
:root { color-scheme: light dark; font: 1.0625rem/1.6 system-ui, sans-serif }
main { max-width: 52rem; margin: 0 auto; padding: 3rem 1.25rem }
main.narrow { max-width: 42rem }
h1 { font-size: 1.75rem; line-height: 1.3; overflow-wrap: anywhere }
h2 { font-size: 1.25rem; margin-top: 2.5rem }
h3 { font-size: 1rem; overflow-wrap: anywhere }
h4 { font-size: .875rem; margin: 1rem 0 .25rem }
section { border-top: 1px solid #8884; padding: .25rem 0 1rem }
table { border-collapse: collapse; width: 100%; font-size: .9375rem }
th, td { text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0; border-top: 1px solid #8883; overflow-wrap: anywhere }
th { font-weight: normal; width: 12rem }
blockquote { margin: 0; padding: .75rem 1rem; border-left: .25rem solid #b45309; background: #b4530914 }
blockquote p { margin: 0 }
code { font: .9375em ui-monospace, monospace; padding: .1em .3em; border-radius: .3em; background: #8882 }
@media (max-width: 40rem) {
  tr { display: block; border-top: 1px solid #8883; padding: .35rem 0 }
  th, td { display: block; width: auto; border: 0; padding: .1rem 0 }
}
`

/** The style of all pages, at its own URL: nothing is inlined. */
export function serveStyle(http: FastifyInstance): void {
  http.get(STYLE_PATH, async (_request, reply) => reply.type('text/css').send(STYLE))
}

/** A complete page from trusted HTML. */
export function page(title: string, body: string, { narrow = false, basePath = '' } = {}): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Stagedoor</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${basePath}${STYLE_PATH}">
<main${narrow ? ' class="narrow"' : ''}>${body}</main>
</html>
`
}
