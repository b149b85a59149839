import type { TelegramMessage } from '../../change.ts';
import { words as said } from '../words/words.ts';
import { pictureView } from './media.ts';
import { type Entity, entityViews } from './telegram-text.ts';
import { clock } from './time.ts';
import { type Element, h, outwards, type View } from './view.ts';

/** A message object (Bot API, `Message`), as far as this page shows it. */
interface Message {
  readonly message_id: number;
  readonly date: number;
  readonly edit_date?: number;
  readonly from?: { readonly first_name: string };
  readonly text?: string;
  readonly entities?: readonly Entity[];
  readonly caption?: string;
  readonly caption_entities?: readonly Entity[];
  readonly has_media_spoiler?: true;
  readonly show_caption_above_media?: true;
  readonly photo?: readonly File[];
  readonly video?: File;
  readonly animation?: File;
  readonly audio?: File;
  readonly link_preview_options?: { readonly url?: string; readonly is_disabled?: boolean };
  readonly via_bot?: { readonly username: string };
  readonly reply_to_message?: Message;
  readonly reply_markup?: { readonly inline_keyboard: readonly (readonly Button[])[] };
}

interface File {
  readonly file_id: string;
  readonly file_name?: string;
  readonly duration?: number;
}

interface Button {
  readonly text: string;
  readonly url?: string;
  readonly callback_data?: string;
}

/** A message, or all messages of an album, as the Telegram app shows them. */
export function telegramMessageView(album: readonly TelegramMessage[]): Element {
  const [first] = album;
  const message = first?.message as Message | undefined;
  if (!first || !message) return h('article', { hidden: '' });
  const pictures = album.flatMap((item) => pictureViews(item));
  const captioned =
    album.map((item) => item.message as unknown as Message).find(({ caption }) => caption) ?? message;
  const words = wordsViews(captioned);
  const gallery =
    pictures.length > 0 && h('div', { class: `gallery of-${Math.min(pictures.length, 4)}` }, pictures);
  const text = words.length > 0 && h('div', { class: 'text' }, words);
  return h(
    'article',
    { class: `message ${first.byBot ? 'theirs' : 'mine'}`, 'data-message': first.id },
    h(
      'div',
      { class: pictures.length > 0 ? 'bubble with-media' : 'bubble' },
      message.via_bot && h('span', { class: 'via' }, said().telegram.via(message.via_bot.username)),
      message.reply_to_message && replyView(message.reply_to_message),
      captioned.show_caption_above_media ? [text, gallery].filter((view) => view !== false) : undefined,
      captioned.show_caption_above_media ? undefined : [gallery, text].filter((view) => view !== false),
      previewView(message),
      h(
        'span',
        { class: 'meta' },
        message.edit_date !== undefined && h('span', { class: 'edited' }, `${said().telegram.edited} `),
        clock(message.date * 1000),
        first.byBot ? '' : ' ✓✓',
      ),
    ),
    message.reply_markup && keyboardView(message.reply_markup.inline_keyboard),
  );
}

function wordsViews({
  text,
  entities,
  caption,
  caption_entities: captionEntities,
}: Message): readonly View[] {
  return text === undefined
    ? entityViews(caption ?? '', captionEntities ?? [])
    : entityViews(text, entities ?? []);
}

function replyView(to: Message): Element {
  const words =
    (to.text ?? to.caption ?? (to.photo ? said().chat.photo : said().chat.video)).split('\n', 1)[0] ?? '';
  return h('div', { class: 'reply' }, h('b', {}, to.from?.first_name ?? ''), h('span', {}, words));
}

/** The link preview that the server adds; here it only shows the URL. */
function previewView({ link_preview_options: { url, is_disabled: isDisabled } = {} }: Message): View | false {
  return url !== undefined && !isDisabled && h('div', { class: 'reply preview' }, outwards(url, url));
}

function pictureViews({ message, files }: TelegramMessage): readonly View[] {
  const { photo, video, animation, audio, has_media_spoiler: veiled = false } = message as unknown as Message;
  const film = video ?? animation;
  if (audio) return [h('div', { class: 'audio' }, files[audio.file_id] ?? audio.file_name ?? audio.file_id)];
  const file = photo?.at(-1) ?? film;
  if (!file) return [];
  const source = files[file.file_id] ?? file.file_name ?? file.file_id;
  return [pictureView({ source, alt: '', isVideo: film !== undefined, veiled, durationS: film?.duration })];
}

function keyboardView(rows: readonly (readonly Button[])[]): Element {
  return h(
    'div',
    { class: 'keyboard' },
    rows.map((row) => h('div', { class: 'row' }, row.map(buttonView))),
  );
}

function buttonView({ text, url, callback_data: token }: Button): View {
  if (url) return h('span', { class: 'button' }, outwards(url, text, ' ↗'));
  return h(
    'button',
    { type: 'button', class: 'button', 'data-act': 'press', 'data-token': token, 'data-label': text },
    text,
  );
}
