/** Something that the page asked for and that can't be done; the message is a sentence for the person. */
export class Refused extends Error {
  override readonly name = 'Refused';
}
