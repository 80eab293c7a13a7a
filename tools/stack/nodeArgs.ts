/**
 * Flags of Node for a service's process, the same here, in its image and so in its pods. Node sizes its heap by the
 * machine's memory and tidies up late. With these bounds a day of 3,528 lines takes 200 MB of a service instead of 370 MB,
 * for the same CPU time; a smaller nursery than 8 MB costs half as much time again.
 */
export const NODE_ARGS = ['--max-semi-space-size=8', '--max-old-space-size=192'] as const;
