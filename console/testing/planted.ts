import { type MadeUpPerson, madeUpPerson } from '../../local/essbasic/state/people.ts';

/** Beyond all people whom the emulator makes up in a test. */
const first = 5_000_000;

/** Personal data of made-up people, another one for each place where it is put. */
export interface Planting {
  /** Name, phone and identity number in one text, of a person of this place alone. */
  text(field: string): string;
  person(field: string): MadeUpPerson;
  /** Of each place whose person is found: in which of the texts, by their names. */
  foundIn(texts: ReadonlyMap<string, string>): Record<string, string[]>;
}

export function planting(): Planting {
  const people = new Map<string, MadeUpPerson>();
  function person(field: string): MadeUpPerson {
    const known = people.get(field) ?? madeUpPerson(first + people.size);
    people.set(field, known);
    return known;
  }
  return {
    person,
    text(field) {
      const { Name, Mobile, IdCardNumber } = person(field);
      return `${Name} ${Mobile} ${IdCardNumber}`;
    },
    foundIn(texts) {
      const places = [...people].map(([field, found]): [string, string[]] => [
        field,
        [...texts].filter(([, text]) => isIn(text, found)).map(([name]) => name),
      ]);
      return Object.fromEntries(places.filter(([, names]) => names.length > 0));
    },
  };
}

/** As it is, as in an address, or as in JSON that is kept to ASCII. */
function isIn(text: string, { Name, Mobile, IdCardNumber }: MadeUpPerson): boolean {
  const escaped = [...Name].map((letter) =>
    /[\x20-\x7e]/.test(letter) ? letter : `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const forms = [Name, encodeURIComponent(Name), escaped.join(''), Mobile, IdCardNumber];
  return forms.some((form) => text.includes(form));
}
