import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { say } from '../texts/say.ts';

/** A component whose code is fetched when it is first shown: what few look at costs the others nothing. */
export function later<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  return (props) => {
    const [Loaded, setLoaded] = useState<{ Component: ComponentType<Props> }>();
    useEffect(() => {
      let isGone = false;
      load().then(
        (Component) => !isGone && setLoaded({ Component }),
        // What cannot be fetched is asked for again with the next visit of the page; the rest of it works.
        () => undefined,
      );
      return () => {
        isGone = true;
      };
    }, []);
    return Loaded === undefined ? <p class="small">{say('loading')}</p> : <Loaded.Component {...props} />;
  };
}
