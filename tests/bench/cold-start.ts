import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleFunctions } from '../../functions/cli/lib/functions-bundle.ts';
import { node, root } from '../../functions/cli/lib/paths.ts';
import { atMost, quantile, told, type Figure } from './measure.ts';

const RUNS = 9;

/** What the webhook's process loads before it can serve: index.ts, its own entry and the composition root. */
export async function benchColdStart(): Promise<Figure[]> {
  const destination = join(root, '.parley', 'bench-bundle');
  const { metafile } = await bundleFunctions({ destination });
  const output = (source: string) => {
    const found = Object.entries(metafile.outputs).find(([, made]) => made.entryPoint === source);
    if (found === undefined) throw new Error(`The bundle has no chunk of ${source}.`);
    return join(root, found[0]);
  };
  const chunks = [
    'functions/src/index.ts',
    'functions/src/entry/webhook/webhook-handler.ts',
    'functions/src/entry/deps.ts',
  ].map(output);
  const importTime = (modules: readonly string[]) => {
    const script = join(destination, 'time-import.mjs');
    const imports = modules.map((each) => `await import(${JSON.stringify(each)});`).join('\n');
    writeFileSync(
      script,
      `const start = performance.now();\n${imports}\nconsole.log(performance.now() - start);\n`,
    );
    const once = () =>
      Number(
        execFileSync(node, [script], {
          env: { PATH: process.env.PATH, FUNCTION_TARGET: 'webhook' },
        }).toString(),
      );
    return quantile(Array.from({ length: RUNS }, once), 0.5);
  };
  const figures = [
    atMost('import of the webhook, warm (median)', importTime(chunks), 'ms', 150),
    told(
      '  of it @google-cloud/firestore alone',
      importTime(['@google-cloud/firestore']),
      'ms',
      'loads google-gax and gRPC, which the first read needs',
    ),
    told('  of it the settings of firebase-functions alone', importTime(['firebase-functions/params']), 'ms'),
    told('  of it the signature check alone', importTime(['twilio/lib/webhooks/webhooks.js']), 'ms'),
    told(
      '  not of it: firebase-functions/https',
      importTime(['firebase-functions/https']),
      'ms',
      'what declares functions; the other functions load it',
    ),
  ];
  rmSync(destination, { recursive: true, force: true });
  return figures;
}
