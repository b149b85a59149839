import { createReadStream, existsSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { initNostrWasm } from 'nostr-wasm';
import type { NostrEvent } from '../../src/note/note.ts';
import { archiveEvents, SEED } from './generated-notes.ts';

/** A file of signed notes, one a line, newest first; created if missing. */
export async function signedNotes(data: string, count: number): Promise<string> {
  const path = join(data, `signed-${SEED}-${count}.jsonl`);
  if (existsSync(path)) return path;
  const wasm = await initNostrWasm();
  const secret = Buffer.alloc(32, 7);
  const lines: string[] = [];
  for (const { kind, created_at, tags, content } of archiveEvents(count)) {
    const event = {
      id: '',
      pubkey: '',
      sig: '',
      kind,
      created_at,
      tags: tags.map((tag) => [...tag]),
      content,
    };
    wasm.finalizeEvent(event, secret);
    lines.push(JSON.stringify(event));
  }
  // Renamed only when complete.
  writeFileSync(`${path}.part`, `${lines.join('\n')}\n`);
  renameSync(`${path}.part`, path);
  return path;
}

export async function readLines(path: string): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const line of createInterface({ input: createReadStream(path) })) lines.push(line);
  return lines;
}

export const eventOf = (line: string): NostrEvent => JSON.parse(line) as NostrEvent;
