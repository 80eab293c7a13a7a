/** Trading partners as data: a new one needs no line of code. Every change is a new version. */
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put } from '@nestjs/common';
import {
  IsA,
  IsDay,
  IsListOf,
  IsText,
  MappingRules,
  PartnerProfile,
  REFERENCE_LISTS,
  ReferenceEntry,
  SaveMapping,
  SavePartner,
  SaveReferences,
  SendReport,
  type ReferenceList,
} from '@crossdock/contracts';
import {
  answerOf,
  checked,
  DOOR,
  From,
  Opens,
  Problem,
  QUERIES,
  Scope,
  type Caller,
  type Door,
  type Queries,
} from '@crossdock/runtime';
import { mappingRef, type Mapping, type Partner, type Reference } from '../domain/partner.js';

export class PartnerVersion {
  /** who says so, and why */
  @IsText(200) author!: string;
  @IsDay() validFrom!: string;
  @IsA(PartnerProfile) profile!: PartnerProfile;
}
export class References {
  @IsText(200) author!: string;
  @IsListOf(ReferenceEntry, 5000, 1) entries!: ReferenceEntry[];
}
export class MappingVersion {
  @IsText(200) author!: string;
  @IsDay() validFrom!: string;
  @IsA(MappingRules) rules!: MappingRules;
}
const STATUS = { 'partner-unknown': 404 };

const listOf = (text: string): ReferenceList => {
  if ((REFERENCE_LISTS as readonly string[]).includes(text)) return text as ReferenceList;
  const told = `must be one of ${REFERENCE_LISTS.join(', ')}`;
  throw new Problem(404, 'not-found', { detail: `list ${told}` });
};

@Controller('v1/partners')
export class PartnersController {
  constructor(
    @Inject(DOOR) private readonly door: Door,
    @Inject(QUERIES) private readonly queries: Queries,
  ) {}

  @Get()
  @Scope('connectors:read')
  @Opens({ summary: 'Trading partners with all their versions' })
  async list(@From() { tenant }: Caller) {
    const found = await this.queries.byKey<Partner>(tenant, 'partner', 'partner:all', { limit: 1000 });
    return { partners: found.map(({ state }) => state) };
  }

  @Get(':partner')
  @Scope('connectors:read')
  @Opens({ summary: 'One partner with all its versions', answers: { 404: 'No such partner' } })
  async one(@From() { tenant }: Caller, @Param('partner') partner: string) {
    const found = await this.queries.get<Partner>(tenant, 'partner', partner);
    if (!found) throw new Problem(404, 'not-found');
    return found.state;
  }

  @Put(':partner')
  @Scope('connectors:admin')
  @Opens({ summary: 'A new version of a partner: identifiers, agreements, delivery', body: PartnerVersion })
  async save(@From() caller: Caller, @Param('partner') partner: string, @Body() body: unknown) {
    const version = checked(PartnerVersion, body);
    return answerOf(await this.door.submit(SavePartner, { partner, ...version }, caller), STATUS);
  }

  @Post(':partner/stock-report')
  @HttpCode(202)
  @Scope('connectors:write')
  @Opens({
    summary: 'Tells the partner now what it may order, by the stock report that its agreement names',
    answers: { 202: 'It is put down and sent', 404: 'No such partner', 409: 'No stock report is agreed' },
  })
  async report(@From() caller: Caller, @Param('partner') partner: string) {
    const answer = await this.door.submit(SendReport, { partner }, caller);
    return answerOf(answer, { ...STATUS, 'agreement-missing': 409, 'partner-blocked': 409 });
  }

  @Get(':partner/references/:list')
  @Scope('connectors:read')
  @Opens({ summary: 'Cross references of a list, with all their versions; the newest 1000' })
  async references(@From() { tenant }: Caller, @Param('partner') partner: string, @Param('list') list: string) {
    const key = `references:${partner}:${listOf(list)}`;
    const found = await this.queries.byKey<Reference>(tenant, 'reference', key, { limit: 1000 });
    return { references: found.map(({ state }) => state) };
  }

  @Put(':partner/references/:list')
  @Scope('connectors:admin')
  @Opens({ summary: 'Cross references: items, units, locations or customers', body: References })
  async saveReferences(
    @From() caller: Caller,
    @Param('partner') partner: string,
    @Param('list') list: string,
    @Body() body: unknown,
  ) {
    const data = { partner, list: listOf(list), ...checked(References, body) };
    return answerOf(await this.door.submit(SaveReferences, data, caller), STATUS);
  }

  @Get(':partner/mappings/:kind')
  @Scope('connectors:read')
  @Opens({ summary: 'How its documents of a kind become ours, with all versions; none: the mapping of everybody' })
  async mapping(@From() { tenant }: Caller, @Param('partner') partner: string, @Param('kind') kind: string) {
    const found = await this.queries.get<Mapping>(tenant, 'mapping', mappingRef(partner, kind).id);
    return found?.state ?? { partner, of: kind, versions: [] };
  }

  @Put(':partner/mappings/:kind')
  @Scope('connectors:admin')
  @Opens({ summary: 'A new version of a mapping', body: MappingVersion })
  async saveMapping(
    @From() caller: Caller,
    @Param('partner') partner: string,
    @Param('kind') kind: string,
    @Body() body: unknown,
  ) {
    const data = { partner, kind, ...checked(MappingVersion, body) };
    return answerOf(await this.door.submit(SaveMapping, data, caller), STATUS);
  }
}
