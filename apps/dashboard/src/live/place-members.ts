/** A point of the drawing, in its own units: the middle is 0, 0 and the circle has a radius of 100. */
export interface Place {
  readonly x: number
  readonly y: number
}

const RADIUS = 100

/** Returns places on a circle, clockwise from the top; a single participant is in the middle. */
export function placeMembers(count: number): readonly Place[] {
  if (count === 1) return [{ x: 0, y: 0 }]
  return Array.from({ length: count }, (_, at) => {
    const angle = (2 * Math.PI * at) / count - Math.PI / 2
    return { x: RADIUS * Math.cos(angle), y: RADIUS * Math.sin(angle) }
  })
}

/** Returns a line that stops short of both places, so that a participant does not cover its arrow. */
export function between(from: Place, to: Place, gap: number): { readonly from: Place; readonly to: Place } {
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  const length = Math.hypot(dx, dy)
  if (length <= 2 * gap) return { from, to }
  const [x, y] = [(dx / length) * gap, (dy / length) * gap]
  return { from: { x: from.x + x, y: from.y + y }, to: { x: to.x - x, y: to.y - y } }
}
