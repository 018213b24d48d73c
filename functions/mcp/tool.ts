import * as z from 'zod/mini';
import type { Role } from '../../shared/runtime/http/api-keys.ts';
import { validate } from '../../shared/runtime/json/validate.ts';
import type { Language, Text } from '../../shared/text.ts';
import type { Call } from './call.ts';

/** Something that an agent can do or look at. */
export interface Tool {
  readonly name: string;
  readonly title: Text;
  /** For the model that chooses among tools. */
  readonly text: Text;
  /** The least role whose keys are shown it. What a `viewer` may use changes nothing. */
  readonly role: Role;
  /** Does it take something away for good? Of those that change something. */
  readonly isDestructive: boolean;
  /** Its arguments, as JSON Schema, with their texts. */
  schemaIn(language: Language): Record<string, unknown>;
  /**
   * Answers in the vocabulary of the API. However often it is called with the same arguments, it has its effect once.
   *
   * @param given as they came
   * @throws Failure `InvalidRequest` with every problem; what the tool throws
   */
  run(given: unknown, call: Call): Promise<object>;
}

interface ToolDefinition<Shape extends z.core.$ZodShape>
  extends Pick<Tool, 'name' | 'title' | 'text' | 'role'> {
  isDestructive?: boolean;
  request: z.ZodMiniObject<Shape>;
  /** What each argument is. */
  members: Readonly<Record<keyof Shape, Text>>;
  run(input: z.output<z.ZodMiniObject<Shape>>, call: Call): Promise<object>;
}

export function tool<Shape extends z.core.$ZodShape>({
  request,
  members,
  run,
  isDestructive = false,
  ...words
}: ToolDefinition<Shape>): Tool {
  return {
    ...words,
    isDestructive,
    schemaIn(language) {
      const schema = z.toJSONSchema(request, { target: 'draft-2020-12', io: 'input' });
      const texts: Readonly<Record<string, Text>> = members;
      const properties = Object.entries(schema.properties ?? {}).map(([name, property]) => [
        name,
        typeof property === 'object' ? { ...property, description: texts[name]?.[language] } : property,
      ]);
      return { ...schema, properties: Object.fromEntries(properties) };
    },
    run: (given, call) => run(validate(request, given), call),
  };
}
