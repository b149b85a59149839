/** A person or a chat, by its id or as the Bot API shows it. */
export type IdOrObject = number | { readonly id: number };

export const idOf = (ref: IdOrObject): number => (typeof ref === 'number' ? ref : ref.id);
