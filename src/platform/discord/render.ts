import { type Document, type Media, small, text } from '../../note/document.ts';
import type { Texts } from '../../text/texts.ts';
import type { Body } from '../platform.ts';
import { split } from '../split.ts';
import { fits } from './measure.ts';
import {
  bare,
  card,
  cardOfFiles,
  cardOfLinks,
  type Form,
  galleryMedia,
  type Message,
  plain,
} from './message.ts';
import { withShortNames } from './names.ts';

/** What a body of Discord's holds. Plainer forms are made only when Discord refuses the message. */
interface Call {
  readonly message: Message;
  /** To send in its place, best first; each may take several messages. */
  plainer(): readonly (readonly Message[])[];
  /** To put in the place of a message that stands, best first. */
  plainerEdits(): readonly Message[];
  files(): Files;
}

/** What of a body may be uploaded. */
interface Files {
  /** Whether uploads come before addresses. */
  readonly first: boolean;
  readonly wanted: readonly Media[];
  /** The message with uploads, by the addresses of what they are; `undefined` where it would be too long. */
  message(files: ReadonlyMap<string, string>): Message | undefined;
}

interface Variant {
  readonly form: Form;
  readonly plainer: readonly Form[];
  readonly plainerEdits: readonly Form[];
  /** Whether its pictures can be files, and whether they are so before Discord refuses their addresses. */
  readonly files?: 'first' | 'after';
}

const asCard = { form: card, plainer: [cardOfLinks, plain], plainerEdits: [cardOfLinks, bare] } as const;
const variants = {
  card: { ...asCard, files: 'after' },
  upload: { ...asCard, files: 'first' },
  plain: { form: plain, plainer: [], plainerEdits: [bare] },
} satisfies Record<string, Variant>;

export const VARIANTS: readonly string[] = Object.keys(variants);

/** The longest number that a part can carry, to keep room for it. */
const MOST_PARTS = 99;

/** The document as bodies within Discord's limits. An unknown variant gets the default look. */
export function render(document: Document, variant: string, texts: Texts): readonly Body[] {
  const look: Variant = variant in variants ? variants[variant as keyof typeof variants] : variants.card;
  return parts(withShortNames(document), look.form, texts).map((part) => ({
    cost: 1,
    call: callFor(part, look, texts),
  }));
}

/** The forms to send a body in, one after the other while they are refused; each may take several messages. */
export function* formsOf(body: Body): Generator<readonly Message[]> {
  const { message, plainer } = body.call as Call;
  yield [message];
  yield* plainer();
}

/** The forms to put in the place of a message that stands. */
export function* editFormsOf(body: Body): Generator<readonly [Message]> {
  const { message, plainerEdits } = body.call as Call;
  yield [message];
  for (const edit of plainerEdits()) yield [edit];
}

/** What of a body may be uploaded. */
export function filesOf(body: Body): Files {
  return (body.call as Call).files();
}

function parts(document: Document, form: Form, texts: Texts): readonly Document[] {
  const numbered = (part: Document, number: number, of: number) => [
    ...part,
    small(text(texts.platform.part(number, of))),
  ];
  const fitting = (part: Document) => fits(form(part, texts));
  if (fitting(document)) return [document];
  const cut = split(document, (part) => fitting(numbered(part, MOST_PARTS, MOST_PARTS)));
  return cut.length > 1 ? cut.map((part, index) => numbered(part, index + 1, cut.length)) : cut;
}

function callFor(part: Document, look: Variant, texts: Texts): Call {
  const message = look.form(part, texts);
  const differs = (other: Message) => JSON.stringify(other) !== JSON.stringify(message);
  return {
    message,
    plainer: () =>
      look.plainer
        .map((form) => split(part, (piece) => fits(form(piece, texts))).map((piece) => form(piece, texts)))
        .filter((messages) => messages.some(differs)),
    plainerEdits: () =>
      look.plainerEdits.map((form) => form(part, texts)).filter((edit) => fits(edit) && differs(edit)),
    files: () => ({
      first: look.files === 'first',
      wanted: look.files ? galleryMedia(part, texts) : [],
      message(files) {
        const form = cardOfFiles(files)(part, texts);
        return fits(form) ? form : undefined;
      },
    }),
  };
}
