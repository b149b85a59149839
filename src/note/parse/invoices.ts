import type { Inline } from '../document.ts';
import { placeholder } from '../placeholders.ts';
import { validCodeEnds } from './bech32.ts';
import type { Pass } from './inline-scanner.ts';

/** BOLT 11: network and amount, then time and signature, which alone take 111 characters. */
const INVOICE = /ln(bcrt|bc|tbs|tb)(?:([1-9]\d{0,11})([munp]?))?1[02-9ac-hj-np-z]{111,4000}/iuy;
/** LUD-01: a payment address. */
const PAYMENT = /lnurl1[02-9ac-hj-np-z]{14,1500}/iuy;
/** A code must not begin inside a word, except in scripts without spaces. */
const WORD = /[[\p{L}\p{N}\/]--[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]]/v;
const SCHEME = /lightning:(?:\/\/)?/iuy;

/** Satoshis per bitcoin, and per BOLT 11 multiplier. */
const SATOSHIS: Readonly<Record<string, number>> = { '': 1e8, m: 1e5, u: 100, n: 0.1, p: 0.0001 };

/** Lightning invoices and payment links, shown as the amount they ask for. Without a valid checksum they stay text. */
export const invoices: Pass = {
  trigger: /lightning:|ln(?:bc|tb|url1)/iu,
  read(text, at, _, before) {
    if (WORD.test(before)) return undefined;
    const from = at + (matchAt(SCHEME, text, at)?.[0].length ?? 0);
    const found = matchAt(INVOICE, text, from) ?? matchAt(PAYMENT, text, from);
    const end = wholeIn(found?.[0] ?? '');
    if (!found || end === undefined) return undefined;
    const [, network, amount, unit = ''] = found;
    const says = network
      ? labelOf(network.toLowerCase(), amount, unit.toLowerCase())
      : placeholder('paymentLink');
    return { end: from + end, inlines: [says] };
  },
};

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** The length of the code at the start of a run, since words may be glued to it. A code is all in one case. */
function wholeIn(run: string): number | undefined {
  const isOneCase = (code: string): boolean => code === code.toLowerCase() || code === code.toUpperCase();
  return validCodeEnds(run.toLowerCase()).find((end) => isOneCase(run.slice(0, end)));
}

/** Only amounts on the main network are money. */
function labelOf(network: string, amount: string | undefined, unit: string): Inline {
  if (network !== 'bc') return placeholder('testInvoice');
  if (amount === undefined) return placeholder('invoice');
  return placeholder('invoice', Math.round(Number(amount) * (SATOSHIS[unit] ?? 0) * 1_000) / 1_000);
}
