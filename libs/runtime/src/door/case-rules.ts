/** The rule by which a person closes a case: every decider that keeps cases gets one, in its own kind of lane. */
import {
  accept,
  answer,
  change,
  defineDecider,
  ref,
  reject,
  rule,
  type Decider,
  type Input,
  type Kinds,
  type Touched,
} from '@crossdock/kernel';
import {
  defineCommand,
  findMessage,
  IsKey,
  IsNote,
  IsText,
  type CaseState,
  type Domain,
  type Message,
} from '@crossdock/contracts';
import { messageOf, type ServiceDefinition } from '../service.js';

export class DiscardCaseData {
  @IsKey() caseId!: string;
  /** lane key of the case's owner */
  @IsText(300) lane!: string;
  @IsNote(1000) comment!: string;
  @IsText(200) by!: string;
}

const discardOf = (domain: Domain, decider: Decider): Message<DiscardCaseData> => {
  const name = `discard-${decider.name}-case`;
  const known = findMessage(`${domain}.cmd.${name}`, 1);
  if (known) return known as Message<DiscardCaseData>;
  const [first] = decider.rules;
  return defineCommand(domain, name, 1, DiscardCaseData, {
    about: 'A person closes an exception case without an effect on what it is about.',
    key: (data) => data.caseId,
    lane: { kind: first ? messageOf(first.hears).laneKind : 'self', of: (data) => data.lane },
    travels: 'door',
  });
};

const discard = ({ data, at }: Input<DiscardCaseData>, touched: Touched<Kinds>) => {
  const on = ref('case', data.caseId);
  const found = touched['case']?.(data.caseId) as CaseState;
  if (found.status === 'none') return reject('not-found');
  if (found.status !== 'open') return reject('case-ended');
  const ended = { type: 'case-ended' as const, how: 'discarded' as const, at, comment: data.comment, by: data.by };
  return accept(change(on, ended), answer({ id: data.caseId, status: 'discarded' }));
};

const keepsCases = (decider: Decider): boolean => 'case' in decider.kinds;

/** The definition with a discard rule in every decider that keeps cases. */
export const withCaseRules = (definition: ServiceDefinition): ServiceDefinition => ({
  ...definition,
  decides: definition.decides.map((decider) => {
    if (!keepsCases(decider)) return decider;
    const contract = discardOf(definition.domain, decider);
    if (decider.rules.some(({ hears }) => hears.type === contract.type)) return decider;
    const touches = ({ data }: Input<DiscardCaseData>) => [ref('case', data.caseId)];
    return defineDecider({ ...decider, rules: [...decider.rules, rule(contract, touches, discard)] });
  }),
});

/** The decider that owns a case, found by what the case is about; undefined when that is not clear. */
export const ownerOf = (definition: ServiceDefinition, { subject }: CaseState): Decider | undefined => {
  const keepers = definition.decides.filter(keepsCases);
  const own = keepers.filter((decider) => subject.kind in decider.kinds);
  if (own.length === 1) return own[0];
  return keepers.length === 1 ? keepers[0] : undefined;
};
export const discardContract = (definition: ServiceDefinition, decider: Decider): Message<DiscardCaseData> =>
  discardOf(definition.domain, decider);
