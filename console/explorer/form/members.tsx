import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { inBothLanguages } from '../both-languages.ts';
import type { Schema } from '../contracts.ts';
import { Prose } from '../prose.tsx';
import { boundsOf, type Shape, shapeOf } from '../schema.ts';
import { tell, told } from '../texts.ts';
import { isObject, newItem, type Path, pathText, valueAt } from '../value.ts';
import { type FormState, fieldId } from './form-state.ts';
import { FreeField, ScalarField } from './scalar-field.tsx';

interface Place {
  path: Path;
  form: FormState;
}

/** The members of an object: those that it must have first, and last those that nobody should use any more. */
export function Members({ schema, path, form }: Place & { schema: Schema }) {
  const { properties = {}, required = [] } = schema;
  const isRequired = (name: string) => required.includes(name);
  const names = Object.keys(properties);
  const rankOf = (name: string) => (isRequired(name) ? 0 : isDeprecated(properties[name], form) ? 2 : 1);
  const ordered = names.toSorted((one, other) => rankOf(one) - rankOf(other));
  const shown = ordered.filter(
    (name) => !form.requiredOnly || isRequired(name) || isUsed(form, [...path, name]),
  );
  const given = valueAt(form.value, path);
  const unknown = isObject(given) ? Object.keys(given).filter((name) => !names.includes(name)) : [];
  return (
    <>
      {shown.map((name) => (
        <Member
          key={name}
          name={name}
          schema={properties[name] ?? {}}
          path={[...path, name]}
          isRequired={isRequired(name)}
          form={form}
        />
      ))}
      {unknown.length > 0 && <p class="small">{tell('unknownMembers', { names: unknown.join(', ') })}</p>}
    </>
  );
}

const isDeprecated = (schema: Schema = {}, { schemas }: FormState) =>
  shapeOf(schema, schemas).schema.deprecated === true;

/** A member that somebody has given, or that something is wrong with, is shown in any case. */
function isUsed({ value, problems }: FormState, path: Path): boolean {
  const place = pathText(path);
  return (
    valueAt(value, path) !== undefined ||
    [...problems.keys()].some(
      (one) => one === place || one.startsWith(`${place}.`) || one.startsWith(`${place}[`),
    )
  );
}

interface MemberProps extends Place {
  name: string;
  schema: Schema;
  isRequired: boolean;
}

function Member({ name, schema, path, isRequired, form }: MemberProps) {
  const shape = shapeOf(schema, form.schemas);
  const about = <About shape={shape} isRequired={isRequired} place={pathText(path)} form={form} />;
  const field = { name, shape, path, form, isRequired, about };
  if (shape.kind === 'object') {
    return (
      <Group path={path} title={name} isOpen={isRequired || isUsed(form, path)} about={about}>
        <Members schema={shape.schema} path={path} form={form} />
      </Group>
    );
  }
  if (shape.kind === 'list') return <List {...field} />;
  return shape.kind === 'any' ? <FreeField {...field} /> : <ScalarField {...field} />;
}

interface GroupProps {
  path: Path;
  title: string;
  isOpen: boolean;
  about: ComponentChildren;
  children: ComponentChildren;
}

/** Members of a member, unfolded by whoever wants them. */
function Group({ path, title, isOpen, about, children }: GroupProps) {
  // What is emptied does not fold up under the hand.
  const wasOpen = useRef(isOpen);
  wasOpen.current ||= isOpen;
  return (
    <details class="group" open={wasOpen.current}>
      <summary id={fieldId(pathText(path))}>
        <code>{title}</code>
      </summary>
      <div class="group-content">
        {about}
        {children}
      </div>
    </details>
  );
}

interface ListProps extends Place {
  name: string;
  shape: Shape;
  isRequired: boolean;
  about: ComponentChildren;
}

function List({ name, shape, path, form, isRequired, about }: ListProps) {
  const given = valueAt(form.value, path);
  const items: readonly unknown[] = Array.isArray(given) ? given : [];
  const itemSchema = shape.schema.items ?? {};
  const item = shapeOf(itemSchema, form.schemas);
  const add = () => form.change([...path, items.length], newItem(itemSchema, form.schemas));
  return (
    <Group path={path} title={`${name}[]`} isOpen={isRequired || items.length > 0} about={about}>
      {items.map((_, number) => {
        const here = [...path, number];
        const title = tell('item', { name, number: number + 1 });
        const field = { name: title, shape: item, path: here, form, isRequired: true };
        const problem = <About shape={item} isRequired={true} place={pathText(here)} form={form} isItem />;
        return (
          <div key={number} class="item">
            {item.kind === 'object' ? (
              <fieldset class="item-members">
                <legend>{title}</legend>
                {problem}
                <Members schema={item.schema} path={here} form={form} />
              </fieldset>
            ) : (
              <ScalarField {...field} about={problem} />
            )}
            <button type="button" class="quiet" onClick={() => form.change(here, undefined)}>
              {tell('removeItem', { name: title })}
            </button>
          </div>
        );
      })}
      <div class="buttons start">
        <button type="button" onClick={add}>
          {tell('addItem', { name })}
        </button>
      </div>
    </Group>
  );
}

interface AboutProps {
  shape: Shape;
  isRequired: boolean;
  place: string;
  form: FormState;
  /** What an item is, its list has said. */
  isItem?: boolean;
}

/** What a member is: type, bounds, meaning, and what is wrong with it. */
function About({ shape, isRequired, place, form, isItem = false }: AboutProps) {
  const { schema, type, mayBeNull } = shape;
  const problem = form.problems.get(place);
  const facts = [
    type,
    ...boundsOf(schema).map(([of, bounds]) => (of === 'value' ? bounds : tell(of, { bounds }))),
    isRequired && tell('required'),
    schema.deprecated === true && tell('deprecated'),
    schema.default !== undefined && tell('default', { value: String(schema.default) }),
    mayBeNull && tell('nullable'),
  ].filter((fact) => fact !== false && fact !== '');
  return (
    <div id={`${fieldId(place)}-about`} class="about">
      {problem !== undefined && <p class="problem">{problem}</p>}
      {!isItem && (
        <p class="hint">
          <span class="type">{facts.join(' · ')}</span>
          {schema.description !== undefined && (
            <>
              {' '}
              <Prose text={told(inBothLanguages(schema.description))} />
            </>
          )}
        </p>
      )}
    </div>
  );
}
