/** Where a member stands in the drawing, in its own units: the middle is at 0, 0, the circle has a radius of 100. */
export interface Place {
  readonly x: number
  readonly y: number
}

const RADIUS = 100

/** Members on a circle, the first at its top, the others clockwise. One alone stands in the middle. */
export function placeMembers(count: number): readonly Place[] {
  if (count === 1) return [{ x: 0, y: 0 }]
  return Array.from({ length: count }, (_, at) => {
    const angle = (2 * Math.PI * at) / count - Math.PI / 2
    return { x: RADIUS * Math.cos(angle), y: RADIUS * Math.sin(angle) }
  })
}

/** A line from one place to another that ends short of both, so that its arrow does not hide under the member. */
export function between(from: Place, to: Place, gap: number): { readonly from: Place; readonly to: Place } {
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  const length = Math.hypot(dx, dy)
  if (length <= 2 * gap) return { from, to }
  const [x, y] = [(dx / length) * gap, (dy / length) * gap]
  return { from: { x: from.x + x, y: from.y + y }, to: { x: to.x - x, y: to.y - y } }
}
