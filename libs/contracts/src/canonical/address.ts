import { IsCountry, IsKey, IsText, IsTexts, Optional, Personal } from '../language/fields.js';

/** Postal address (UBL 2.1 Address). `country` is ISO 3166 alpha-2, ZZ when unknown. */
export class Address {
  @Optional() @IsText() @Personal() name?: string;
  @Optional() @IsTexts(6) @Personal() lines?: string[];
  @Optional() @IsText(80) city?: string;
  @Optional() @IsText(20) @Personal() postcode?: string;
  @IsCountry() country!: string;
  /** GS1 Global Location Number */
  @Optional() @IsKey('gln') gln?: string;
}
