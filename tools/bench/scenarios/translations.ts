/** Documents read a second by one core, by family. */
import { figureOf } from '../figures.ts';
import { defineScenario } from '../scenario.ts';
import { translationRates, type TranslationRate } from './translation-rates.ts';

export const translations = defineScenario({
  name: 'translations',
  about: "lines of partners' documents read a second by one core, by family",
  sizes: { whole: { runs: 3, seconds: 0.5 }, alone: { runs: 3, seconds: 1.5 }, tiny: { runs: 1, seconds: 0.01 } },
  run: async ({ runs, seconds }, say) => {
    const rounds: (readonly TranslationRate[])[] = [];
    for (let nth = 1; nth <= runs; nth++) {
      say(`run ${nth} of ${runs}: documents of 500 lines, by family`);
      rounds.push(await translationRates(seconds));
    }
    const rates = (family: string): TranslationRate[] => rounds.flat().filter((rate) => rate.family === family);
    return {
      rows: (rounds[0] ?? []).map(({ family }) => ({
        what: `${family}, lines/s of one core`,
        figure: figureOf(rates(family).map(({ linesPerSecond }) => linesPerSecond)),
        digits: 0,
      })),
      sides: [],
      faults: [],
    };
  },
});
