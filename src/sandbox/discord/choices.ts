/** One value that an option may get, with the words that people see. */
export interface Choice {
  readonly name: string;
  readonly value: string | number;
}
