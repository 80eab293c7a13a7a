/** Asks carriers of packages that were silent for too long; a scheduler calls it, or a person for one package. */
import { Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { derivedId } from '@crossdock/kernel';
import { PollTracking } from '@crossdock/contracts';
import { answerOf, DOOR, From, Opens, QUERIES, Scope, type Caller, type Door, type Queries } from '@crossdock/runtime';
import { ShipmentSettings } from '../config.js';
import type { PollTaken } from '../domain/decide-polls.js';
import { isTerminal, standingOf } from '../domain/milestones.js';
import type { TrackerState } from '../domain/tracker.js';

/** Packages that one call takes on; the next call takes the rest. */
const MOST = 1_000;

@Controller('v1/tracking')
export class PollsController {
  constructor(
    @Inject(DOOR) private readonly door: Door,
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(ShipmentSettings) private readonly settings: ShipmentSettings,
  ) {}

  @Post('polls')
  @Scope('shipments:write')
  @HttpCode(202)
  @Opens({
    summary: 'Ask the carriers of all packages under way that were silent for too long',
    description: 'Within one period of silence a package is asked for once, however often this is called.',
    answers: { 202: 'how many packages are asked for' },
  })
  async pollSilent(@From() caller: Caller): Promise<{ readonly asked: number }> {
    const since = new Date(Date.now() - this.settings.trackingStaleAfterMs).toISOString();
    const silent: TrackerState[] = [];
    for await (const { state } of this.queries.scan<TrackerState>(caller.tenant, 'tracker', ['tracking:linked'])) {
      if (isSilent(state, since)) silent.push(state);
      if (silent.length >= MOST) break;
    }
    const taken = await Promise.all(silent.map((state) => this.submit(state, caller)));
    return { asked: taken.filter(({ asked }) => asked).length };
  }

  @Post(':trackingNo/polls')
  @Scope('shipments:write')
  @HttpCode(202)
  @Opens({
    summary: 'Ask the carrier of this package',
    answers: { 202: 'asked, or not: nobody has such a package, or it is over' },
  })
  async poll(@Param('trackingNo') trackingNo: string, @From() caller: Caller): Promise<PollTaken> {
    return answerOf(await this.door.submit(PollTracking, { trackingNo }, caller));
  }

  private async submit(state: TrackerState, caller: Caller): Promise<PollTaken> {
    const { trackingNo } = state;
    const period = Math.floor(Date.now() / this.settings.trackingStaleAfterMs);
    const id = derivedId('poll', caller.tenant, trackingNo, String(period));
    return answerOf(await this.door.submit(PollTracking, { trackingNo }, caller, { id }));
  }
}

const isSilent = (state: TrackerState, since: string): boolean => {
  if (state.status !== 'linked') return false;
  const standing = standingOf(state.scans);
  if (standing && isTerminal(standing.milestone)) return false;
  return (state.heardAt ?? state.links[0]?.linkedAt ?? '') < since;
};
