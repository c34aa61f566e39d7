import { ConfigProblems, parseConfig, type Config, type RawSettings } from '../../../src/platform/config.ts';
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
        ? fine(`All in order (${where}).`)
        : wrong(problems.join(' '), `Correct it in ${where}.`);
    },
  };
}

/**
 * The settings as far as they can be used, so that one that is wrong does not keep the others from being looked at: what
 * cannot be parsed is as if sending were disabled.
 */
export function usableConfig(raw: RawSettings, place: Place): Config {
  if (problemsOf(raw, place).length === 0) return parseConfig(raw, place);
  const harmless = { DEFAULT_COUNTRY: 'US', ACK_TEXT: '.', AUTO_REPLIES_PER_HOUR: '0' };
  const withoutTexts = { ...raw, ...harmless };
  if (problemsOf(withoutTexts, place).length === 0) return parseConfig(withoutTexts, place);
  return parseConfig(
    { ...withoutTexts, SMS_MODE: 'disabled', TWILIO_API_URL: 'https://api.twilio.com' },
    place,
  );
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
