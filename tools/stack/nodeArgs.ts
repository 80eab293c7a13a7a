/**
 * Flags of Node for a service's process, the same here, in its image and so in its pods. Node sizes its heap by the
 * machine's memory and tidies up late. With these bounds a day of 3,528 lines takes 200 MB of a service instead of 370 MB.
 * A nursery of 8 MB cost about a tenth more CPU time, one of 32 MB gained nothing over 16.
 */
export const NODE_ARGS = ['--max-semi-space-size=16', '--max-old-space-size=192'] as const;

/**
 * Variables for the same processes. glibc keeps a pool of memory per thread, up to eight per core, and gives little of
 * it back: with two, twelve orders of 5,000 lines took 243 MB of inventory-propagation instead of 277.
 */
export const NODE_ENVIRONMENT = { MALLOC_ARENA_MAX: '2' } as const;
