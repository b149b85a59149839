import type { Document } from '../note/document.ts';

/** Cuts a document into as few parts as `fits` allows, each a document; joined they say the same. (Being written.) */
export declare function split(document: Document, fits: (part: Document) => boolean): readonly Document[];
