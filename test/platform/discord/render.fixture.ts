import type { APIMessageTopLevelComponent } from 'discord.js';
import { en } from '../../../src/i18n/en/catalogue.ts';
import type { Document } from '../../../src/note/document.ts';
import type { Message } from '../../../src/platform/discord/render/message-forms.ts';
import { render } from '../../../src/platform/discord/render/render.ts';
import type { Body } from '../../../src/platform/platform.ts';

/** Renders a document. */
export function messagesOf(document: Document, variant = 'card'): readonly Message[] {
  return render(document, variant, en).map(messageOf);
}

function messageOf(body: Body): Message {
  return (body.call as { readonly message: Message }).message;
}

/** All texts of a message, in reading order. */
export function textsOf(message: Pick<Message, 'content' | 'components'>): readonly string[] {
  const inside = flat(message.components as readonly APIMessageTopLevelComponent[]).flatMap((one) =>
    'content' in one ? [one.content] : [],
  );
  return message.content ? [message.content, ...inside] : inside;
}

/** All components of a message, nested ones included. */
export function flat(
  components: readonly APIMessageTopLevelComponent[],
): readonly APIMessageTopLevelComponent[] {
  return components.flatMap((one) => [
    one,
    ...('components' in one ? flat(one.components as readonly APIMessageTopLevelComponent[]) : []),
  ]);
}
