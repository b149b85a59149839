/** The styles of Telegram messages; the first is the default. */
export const TELEGRAM_STYLES = ['classic', 'rich'] as const;
export type TelegramStyle = (typeof TELEGRAM_STYLES)[number];
