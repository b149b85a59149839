import { createAccess } from '../../src/command/access.ts';
import { decodeCallback } from '../../src/command/callback-codec.ts';
import type { Chat, User } from '../../src/command/chat.ts';
import type { Menu } from '../../src/command/menu.ts';
import type {
  Answer,
  CommandInput,
  PromptForm,
  ShowPreview,
  UserRequest,
} from '../../src/command/request.ts';
import { textsFor } from '../../src/i18n/texts.ts';
import { silentLog } from '../../src/lib/log.ts';
import type { Document } from '../../src/note/document.ts';
import type { ReadyDocument } from '../../src/note/present/finish.ts';
import type { Host } from '../../src/platform/platform.ts';
import { ready } from '../ready.fixture.ts';

/** A request as the script gets it: decoded, admitted, and with its user looked up. */
export interface Asked {
  readonly platform: UserRequest['platform'];
  readonly command: string;
  readonly input: CommandInput;
  readonly user: User;
  readonly chat: Chat;
  readonly preview?: ShowPreview;
}

/** What the script says; in the language of the user's app, unless it is ready. */
export type Reply = Pick<Answer, 'to'> & { readonly document: Document | ReadyDocument };

export interface Script {
  readonly menu: Menu;
  reply(asked: Asked): Reply | Promise<Reply>;
  /** What is prompted for first. */
  prompt?(asked: Asked): PromptForm | undefined;
  readonly now?: () => number;
}

/** A program that answers by a script, and is told nothing. It treats requests as the real one does. */
export function scriptedHost({ menu, reply, prompt, now = () => 0 }: Script): Host {
  const access = createAccess(now, silentLog);
  const ignored = async (): Promise<void> => {};
  return {
    menu,
    menuIn: () => menu,
    languageOf: async (_user, reported) => reported,
    autocomplete: async () => [],
    shareNotes: async () => ({ notes: [] }),
    destinationLost: ignored,
    destinationRestored: ignored,
    destinationMoved: ignored,
    suspendedDestinations: async () => [],
    async handle(request, responder) {
      const { platform, user } = request;
      const texts = textsFor(user.language);
      const target = request.type === 'command' ? request : decodeCallback(request.token);
      const item = menu.find(({ name }) => name === target?.command);
      if (!target || (!item && request.type !== 'command'))
        return responder.refuse({ sentence: texts.platform.oldButton, isFirst: true });
      if (request.type === 'command' && !item && !request.isAddressed) return undefined;
      const chat = request.chat(texts);
      const admission = await access.admit(request, { for: item?.for ?? 'readers' }, chat, texts);
      if ('refusal' in admission) return responder.refuse(admission.refusal);
      if (request.type === 'command') await responder.cancelPrompt?.();
      const { isManager } = admission;
      // A typed command is answered, as the real program answers it with an error.
      if (item?.for === 'managers' && !isManager && request.type !== 'command')
        return responder.refuse({ sentence: texts.byPlatform[platform].managersOnly, isFirst: true });
      const input = request.type === 'form' ? { named: request.fields } : target.input;
      if ('stored' in input) throw new TypeError('A script stores no callbacks');
      const { command } = target;
      const { preview } = responder;
      const asked = {
        platform,
        command,
        input,
        user: { ...user, isManager },
        chat,
        ...(preview && { preview }),
      };
      const form = responder.prompt && prompt?.(asked);
      if (form) return responder.prompt?.(form, texts);
      const replace = 'responseMode' in target && target.responseMode === 'replace';
      const { language } = user;
      const to = item?.answerTo ?? 'user';
      responder.accept({ replace, to, isSetup: item?.for === 'managers', language });
      const { document, to: audience } = await reply(asked);
      return responder.answer({
        document: 'blocks' in document ? document : ready(document, { language }),
        to: audience,
      });
    },
  };
}
