/** People of whom nobody has heard but by this run, another one for each place where one is put; and the search for them. */

/** As many as there may be. */
const most = 200;

interface PlantedPerson {
  Name: string;
  Latin: string;
  Mobile: string;
  IdCardNumber: string;
}

/** What all of them have in common, so that a text is looked through once for each, and not once for each person. */
const marks = ['司徒', 'Quexwyn', '1390055', '110101199001'];

function personOf(number: number): PlantedPerson {
  // Apart in more than the last digit, which base64 may cut off.
  const digits = String(number * 37).padStart(4, '0');
  const [tens = 0, ones = 0] = [Math.floor(number / 26), number % 26];
  const letter = (place: number) => String.fromCharCode(97 + place);
  return {
    Name: `司徒${String.fromCodePoint(0x6200 + number * 3)}${String.fromCodePoint(0x7100 + number * 5)}`,
    Latin: `Quexwyn ${letter(tens).toUpperCase()}${letter(ones)}lund`,
    Mobile: `1390055${digits}`,
    IdCardNumber: `110101199001${digits}37`,
  };
}

/** Texts of places, by the names of these. */
type Places = ReadonlyMap<string, string>;

export interface Planting {
  /** The person of this place. */
  person(plant: string): PlantedPerson;
  names(): string[];
  /** All that is known of that person, in one text. */
  text(plant: string): string;
  /** Whoever is found anywhere, with the names of the places, in the order of the alphabet. */
  foundIn(places: Places): Record<string, string[]>;
  /** Whoever is in a text. */
  whoIsIn(text: string): string[];
}

export function planting(): Planting {
  const people = new Map<string, { person: PlantedPerson; forms: readonly string[] }>();

  function known(plant: string) {
    const { size } = people;
    if (size === most) throw new RangeError('There are no more people');
    const person = people.get(plant)?.person ?? personOf(size);
    const one = people.get(plant) ?? { person, forms: Object.values(person).flatMap(formsOf) };
    people.set(plant, one);
    return one;
  }

  function whoIsIn(text: string): string[] {
    // What is JSON in JSON escapes its escapes.
    const plain = text.replaceAll(/\\+/g, '\\');
    if (!markForms.some((form) => plain.includes(form))) return [];
    return [...people]
      .filter(([, { forms }]) => forms.some((form) => plain.includes(form)))
      .map(([plant]) => plant);
  }

  return {
    person: (plant) => known(plant).person,
    names: () => [...people.keys()],
    text: (plant) => Object.values(known(plant).person).join(' '),
    whoIsIn,
    foundIn(places) {
      const found: Record<string, string[]> = {};
      for (const [place, text] of places)
        for (const plant of whoIsIn(text)) found[plant] = [...(found[plant] ?? []), place].sort();
      return found;
    },
  };
}

/** A value as it is, in an address, in JSON that is kept to ASCII, in hexadecimal digits, and inside of anything in base64. */
function formsOf(value: string): string[] {
  const bytes = Buffer.from(value);
  const hex = bytes.toString('hex');
  const escaped = [...value].map((letter) => {
    const code = letter.charCodeAt(0).toString(16).padStart(4, '0');
    return /[\x20-\x7e]/.test(letter) ? letter : `\\u${code}`;
  });
  const inAddress = encodeURIComponent(value);
  const forms = [
    ...[value, value.toLowerCase(), inAddress, inAddress.toLowerCase(), inAddress.replaceAll('%20', '+')],
    ...[hex, hex.toUpperCase(), escaped.join(''), escaped.join('').toUpperCase().replaceAll('\\U', '\\u')],
    ...[0, 1, 2].flatMap((shift) => inBase64(bytes, shift)),
  ];
  return [...new Set(forms)];
}

/** In both alphabets; without the digits that what stands around it has a part in. */
function inBase64(bytes: Buffer, shift: number): string[] {
  const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64');
  const whole = text.slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + bytes.byteLength) * 8) / 6));
  return [whole, whole.replaceAll('+', '-').replaceAll('/', '_')];
}

const markForms = marks.flatMap(formsOf);
