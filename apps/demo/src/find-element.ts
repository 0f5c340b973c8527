/** The element of that id. Throws where the page has none of that kind: page and script belong together. */
export function findElement<Kind extends Element>(id: string, kind: new () => Kind): Kind {
  const element = document.getElementById(id)
  if (element instanceof kind) return element
  throw new Error(`The page has no such element: ${id}`)
}
