import { ConfigProblems } from '../../../src/platform/config-problems.ts';
import { parseConfig, type Config, type RawSettings } from '../../../src/platform/config.ts';
import { fine, wrong, type Check } from '../../../src/health/check.ts';

type Place = Pick<Config, 'projectId' | 'emulator'>;

/** Every problem of the settings at once: a function refuses to run with any of them. */
export function configCheck(raw: RawSettings, place: Place, where: string): Check {
  return {
    id: 'configuration',
    title: 'Settings',
    run() {
      const problems = problemsOf(raw, place);
      return problems.length === 0
        ? fine(`No problems (${where}).`)
        : wrong(problems.join(' '), `Correct them in ${where}.`);
    },
  };
}

/**
 * The settings as far as they can be used, so that one that is wrong does not keep the others from being looked at.
 * `whole`: whether all that has to do with sending could be used.
 */
export function usableConfig(raw: RawSettings, place: Place): { config: Config; whole: boolean } {
  const harmless = { DEFAULT_COUNTRY: 'US', ACK_TEXT: '.', AUTO_REPLIES_PER_HOUR: '0', EXTRA_STOP_WORDS: '' };
  for (const settings of [raw, { ...raw, ...harmless }]) {
    if (problemsOf(settings, place).length === 0)
      return { config: parseConfig(settings, place), whole: true };
  }
  const without = { ...raw, ...harmless, SMS_MODE: 'disabled', TWILIO_API_URL: 'https://api.twilio.com' };
  return { config: parseConfig(without, place), whole: false };
}

function problemsOf(raw: RawSettings, place: Place): readonly string[] {
  try {
    parseConfig(raw, place);
    return [];
  } catch (error) {
    if (error instanceof ConfigProblems) return error.problems;
    throw error;
  }
}
