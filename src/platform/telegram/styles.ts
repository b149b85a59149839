/** The looks that Telegram's messages can have; the first is the default. */
export const TELEGRAM_STYLES = ['classic', 'rich'] as const;
export type TelegramStyle = (typeof TELEGRAM_STYLES)[number];
