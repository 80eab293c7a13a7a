/** Whether a container runtime answers and has (or can pull) an image. Asked only when no binary is on PATH. */
import type { Say } from './failure.ts';

/** True, or the reason why not in a person's words. */
export async function dockerOffers(image: string, say: Say): Promise<true | string> {
  // Loaded here only: it takes half a second, and most machines with a binary never come this far.
  const { getContainerRuntimeClient, ImageName } = await import('testcontainers');
  const client = await getContainerRuntimeClient().catch(() => undefined);
  if (!client) return 'no container runtime answers';
  const name = ImageName.fromString(image);
  if (await client.image.exists(name)) return true;
  say(`pulling ${image} (once)`);
  try {
    await client.image.pull(name);
    return true;
  } catch (error) {
    return `${image} cannot be pulled (${error instanceof Error ? error.message : String(error)})`;
  }
}
