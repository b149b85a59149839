import type { ServerResponse } from 'node:http';
import type { MessageStore } from '../world/message-store.ts';

const PATH = /^\/attachments\/(\d+)\/(\d+)\//;

/** Serves uploaded files, as Discord's CDN does. False if the path is not that of an attachment. */
export function serveAttachment(store: MessageStore, path: string, response: ServerResponse): boolean {
  const [, channelId, id] = PATH.exec(path) ?? [];
  if (channelId === undefined) return false;
  const file = store
    .history(channelId)
    .flatMap(({ attachments }) => attachments)
    .find((one) => one.id === id);
  if (file) response.writeHead(200, { 'Content-Type': file.contentType }).end(file.bytes);
  else response.writeHead(404).end();
  return true;
}
