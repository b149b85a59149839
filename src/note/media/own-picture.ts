/** How Discord names a file that comes with the message (Reference, Uploading Files). */
const PREFIX = 'attachment://';

/** The address of a picture that we draw ourselves: it's on no server, so platforms upload it. */
export const ownPictureUrl = (name: string): string => PREFIX + name;

export const isOwnPicture = (url: string): boolean => url.startsWith(PREFIX);

/** The file name in the address. */
export const ownPictureName = (url: string): string => url.slice(PREFIX.length);
