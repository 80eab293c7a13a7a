/** A plan's actions as sentences. */
import type { LinesChanged } from './world/changes.ts';
import type { Action, OrderLine } from './world/plan.ts';

const linesOf = (lines: readonly OrderLine[]): string =>
  lines.map(({ item, quantity }) => `${quantity} ${item}`).join(', ');
const seconds = (ms: number): string => `${(ms / 1000).toFixed(3)} s`;

const changeOf = ({ no, tenant, lines, replace }: LinesChanged): string => {
  const wishes = lines.map(({ action, lineNo, item, quantity }) =>
    [action, ...(lineNo === undefined ? [] : [`line ${lineNo}`]), ...(quantity ? [`to ${quantity}`] : []), item].join(
      ' ',
    ),
  );
  return `${no} of ${tenant} is changed: ${wishes.join(', ')}${replace ? ', nothing else' : ''}`;
};

const said = (action: Action): string => {
  switch (action.kind) {
    case 'order':
    case 'order again':
    case 'order changed': {
      const how = { order: 'orders', 'order again': 'sends again', 'order changed': 'changes' }[action.kind];
      const more = Object.entries(action.more).map(([name, value]) => `${name} ${String(value)}`);
      const kept = action.keptBackMs ? [`kept back for ${seconds(action.keptBackMs)}`] : [];
      return `${action.account} of ${action.tenant} ${how} ${[`${action.no}: ${linesOf(action.lines)}`, ...more, ...kept].join('; ')}`;
    }
    case 'cancel':
      return `${action.no} of ${action.tenant} is cancelled`;
    case 'lines changed':
      return changeOf(action);
    case 'return':
      return `${action.account} of ${action.tenant} returns ${linesOf(action.lines)} (${action.no})`;
    case 'transfer':
      return `${action.quantity} ${action.item} of ${action.tenant} go from DC1 to DC2${action.inParts ? ' in parts' : ''} (${action.no})`;
    case 'claim given over':
      return `${action.from} of ${action.tenant} gives ${action.quantity} ${action.item} over to ${action.to}`;
    case 'loss':
      return `${Math.round(action.share * 100)} % of the ${action.item} of ${action.tenant} at ${action.node} is lost${action.deep ? ', picked or not' : ''} (${action.no})`;
    case 'receipt':
    case 'count':
    case 'adjustment':
    case 'broken receipt':
    case 'shop adjustment':
    case 'partner receipt':
      return `${action.kind} ${action.no} of ${action.tenant}: ${action.quantity} ${action.item} at ${action.node}`;
    case 'poll':
      return `carriers are asked for packages of ${action.tenant}`;
    case 'stray confirmation':
      return `a pick is confirmed to ${action.tenant} that is none of its own (${action.no})`;
    case 'poison message':
      return `a message that can't be read stands on the stream of master data of ${action.tenant}`;
    case 'unreadable document':
      return `a document of ${action.tenant} can't be read (${action.no})`;
    case 'item changed':
    case 'customer changed':
    case 'old master data':
      return `${action.kind} for ${action.tenant}`;
    case 'kill':
      return `${action.service} is killed at its step ${action.steps} from here${action.step ? ` (${action.step})` : ''}, and away for ${seconds(action.awayMs)}`;
    case 'stop':
      return `${action.service} stops cleanly and starts again`;
    case 'second replica':
      return `one more replica of ${action.service} starts`;
    case 'freeze':
      return `${action.service} freezes for ${seconds(action.ms)}${action.step ? ` at its step ${action.steps ?? 1} of ${action.step}` : ''}`;
    case 'cut off':
      return `${action.service} is cut off from the broker for ${seconds(action.ms)}`;
    case 'broker wiped':
      return 'the broker loses everything';
    case 'streams lost':
      return `the broker loses ${action.lost === 'all' ? 'all' : `the last ${action.lost}`} messages of each stream, and nobody is disconnected`;
    case 'deliveries late':
      return `${action.stream} delivers nothing to ${action.service} for ${seconds(action.ms)}`;
    case 'broker set back':
      return `the broker loses the last ${action.lost} messages of each stream`;
    case 'messages again':
      return 'messages come again under their old ids';
    case 'clock jumps':
      return `the clock jumps by ${seconds(action.ms)}`;
    case 'erp away':
    case 'wms away':
      return `the ${action.kind.slice(0, 3).toUpperCase()} is away for ${seconds(action.ms)}`;
    case 'store away':
      return `the database of ${action.service} is away for ${seconds(action.ms)}`;
  }
};

export const inWords = (action: Action): string =>
  `${seconds(action.at).padStart(9)}  ${said(action)}${action.again ? ', again' : ''}`;
