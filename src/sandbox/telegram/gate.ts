import type { Gate } from './server.ts';
export const openGate: Gate = { before: () => Promise.resolve({ kind: 'pass' }) };
