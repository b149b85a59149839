import type { Topic } from '../database.ts';
import { type Connection, select } from './sql.ts';

/** What processes listen to. */
export const CHANNEL = 'postrider';

const send = select(`SELECT pg_notify('${CHANNEL}', :topic)`);

/** Tells every process, once the transaction is committed. */
export const notify = async (on: Connection, topic: Topic): Promise<void> =>
  void (await send.get(on, { topic }));
