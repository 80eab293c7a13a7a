/** What is read off points over time. Pure. */
export type Point = readonly [x: number, y: number];

/** Least squares: how much y grows with each x. 0 of fewer than two points. */
export const slopeOf = (points: readonly Point[]): number => {
  if (points.length < 2) return 0;
  const mean = (of: (point: Point) => number): number =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [meanX, meanY] = [mean(([x]) => x), mean(([, y]) => y)];
  const over = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  const under = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  return under === 0 ? 0 : over / under;
};

/** The most that y grew with each x over any stretch of at least `window`; 0 when the points span less. */
export const steepest = (points: readonly Point[], window: number): number => {
  let most = 0;
  for (const [fromX, fromY] of points) {
    const to = points.find(([x]) => x - fromX >= window);
    if (to) most = Math.max(most, (to[1] - fromY) / (to[0] - fromX));
  }
  return most;
};
