/** A person or a chat, by its id or as the Bot API shows it. */
export type Ref = number | { readonly id: number };

export const idOf = (ref: Ref): number => (typeof ref === 'number' ? ref : ref.id);
