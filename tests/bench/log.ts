import { Timestamp } from '@google-cloud/firestore';
import { incomingQuery } from '../../functions/src/contract/messages.ts';
import { listIncoming } from '../../functions/src/logs/list-incoming.ts';
import { environmentSettings, parseConfig } from '../../functions/src/platform/config.ts';
import { countingFirestore } from '../support/counting-firestore.ts';
import { fill, LARGE, START } from './fill.ts';
import { atMost, quantile, timed, told, type Figure } from './measure.ts';
import { signIn, type BenchStack } from './stack.ts';

const SMALL = 1_000;
const PAGE = 50;

function entry(index: number) {
  const number = String(index);
  const data = {
    receivedAt: Timestamp.fromMillis(START + index * 60_000),
    userId: `bench-${String(index % 2_000)}`,
    senderHash: null,
    sender: `Person ${String(index % 2_000)}`,
    body: `Entry number ${number} of the bench`,
    status: 'registered',
    responded: true,
    responseReason: 'acknowledged',
    responseId: null,
    keyword: null,
    segments: 1,
    media: [],
    words: ['entry', 'number', number, 'bench'],
    requestId: 'bench',
  };
  return { id: `SM${number.padStart(32, '0')}`, data };
}

/** The first page of the log: its reads and its time through the API, at 1,000 and at 100,000 entries. */
export async function benchLog(stack: BenchStack): Promise<Figure[]> {
  const { instance, db } = stack;
  const cookie = await signIn(stack);
  const counting = countingFirestore({
    projectId: 'demo-parley',
    host: new URL(instance.urls.firestore).host,
  });
  const config = parseConfig(environmentSettings(instance.settings), {
    projectId: 'demo-parley',
    emulator: true,
  });
  const reads = async () => {
    counting.counts.reset();
    await listIncoming({ db: counting.db, config }, incomingQuery.parse({ limit: PAGE }));
    return counting.counts.reads;
  };
  const page = async () => {
    const response = await fetch(`${instance.urls.api}/messages/incoming?limit=${String(PAGE)}`, {
      headers: { cookie },
    });
    if (!response.ok) throw new Error(`The log answered ${String(response.status)}.`);
    await response.arrayBuffer();
  };
  const time = async () => {
    const spent: number[] = [];
    for (let run = 0; run < 9; run += 1) spent.push(await timed(page));
    return quantile(spent, 0.5);
  };
  await fill(db, 'incomingMessages', [0, SMALL], entry);
  await page();
  const small = { reads: await reads(), time: await time() };
  await fill(db, 'incomingMessages', [SMALL, LARGE], entry);
  const large = { reads: await reads(), time: await time() };
  return [
    atMost('log first page of 50 at 100,000 entries (median)', large.time, 'ms', 1_000),
    told('log first page of 50 at 1,000 entries (median)', small.time, 'ms'),
    atMost('log first page reads at 100,000 entries', large.reads, 'reads', PAGE + 5),
    atMost('log first page reads at 1,000 entries', small.reads, 'reads', PAGE + 5),
  ];
}
