/** Who runs a node's warehouse when we do not: a trading partner, from day to day, as connectors tells it. Lane: the node. */
import {
  holdsOn,
  accept,
  change,
  defineDecider,
  ignore,
  kind,
  ref,
  rule,
  type Day,
  type Instant,
  type Ref,
  type Touched,
} from '@crossdock/kernel';
import { WarehousePartnerChanged, type Validity } from '@crossdock/contracts';

interface RunBy {
  readonly partner: string;
  readonly profileVersion: number;
  readonly savedAt: Instant;
  readonly periods: readonly Validity[];
}
export interface WarehousePartners {
  readonly partners: readonly RunBy[];
}
export interface PartnerKept extends RunBy {
  readonly type: 'partner-kept';
}
export const warehousePartnerKind = kind<WarehousePartners, PartnerKept>({
  initial: () => ({ partners: [] }),
  evolve: ({ partners }, { type: _type, ...kept }) => ({
    partners: [...partners.filter(({ partner }) => partner !== kept.partner), kept],
  }),
});
export const warehousePartnerRef = (node: string): Ref => ref('warehousePartner', node);

/** The partner on that day; of several the one that was agreed with last. Undefined: we run it ourselves, by the WMS. */
export const partnerOn = ({ partners }: WarehousePartners, day: Day): string | undefined => {
  const running = partners.filter(({ periods }) => periods.some((period) => holdsOn(period, day)));
  return running.toSorted((a, b) => (a.savedAt < b.savedAt ? 1 : -1))[0]?.partner;
};

const kinds = { warehousePartner: warehousePartnerKind };
export const warehousePartners = defineDecider({
  name: 'warehouse-partners',
  kinds,
  rules: [
    rule(
      WarehousePartnerChanged,
      ({ data }) => [warehousePartnerRef(data.node)],
      ({ data: { node, ...told } }, { warehousePartner }: Touched<typeof kinds>) => {
        const known = warehousePartner(node).partners.find(({ partner }) => partner === told.partner);
        if (known && known.profileVersion >= told.profileVersion) return ignore('old-version');
        return accept(change(warehousePartnerRef(node), { type: 'partner-kept', ...told }));
      },
    ),
  ],
});
