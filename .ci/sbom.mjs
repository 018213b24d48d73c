/**
 * What ships, as CycloneDX: of the packages that npm knows of, those of which something is in a deployed bundle or in a
 * page, by what esbuild says of them, and what lies beside a bundle. Run by itself it writes `dist/sbom.cdx.json`; the
 * same sources give the same file.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = join(import.meta.dirname, '..');
const read = (path) => JSON.parse(readFileSync(join(root, path), 'utf8'));

/** The typeface of posters, which is a file of this repository. */
const typeface = {
  'bom-ref': 'noto-sans-sc-500.ttf',
  type: 'file',
  name: 'Noto Sans SC',
  description: 'a part of it, weight 500, beside the function poster',
  licenses: [{ license: { id: 'OFL-1.1' } }],
};

/** Folders of packages of which something is in what is built. */
export function shippedPackages() {
  const outputs = ['functions', 'pages'].flatMap((name) =>
    Object.values(read(`dist/${name}.meta.json`).outputs),
  );
  const inputs = outputs.flatMap((output) => Object.keys(output.inputs));
  const folders = inputs.flatMap((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? []);
  return [...new Set(folders)].sort().map((folder) => {
    const { name, version } = read(`${folder}/package.json`);
    return { folder, ref: `${name}@${version}` };
  });
}

export function createSbom() {
  const shipped = new Set(shippedPackages().map(({ ref }) => ref));
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only', '--sbom-type', 'application'];
  const text = execFileSync('npm', args, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 });
  // Each run has a number and a time of its own, and the name of the folder.
  const { serialNumber: _, metadata, components, dependencies, ...rest } = JSON.parse(text);
  const { component, tools, lifecycles } = metadata;
  const own = component['bom-ref'];
  return {
    ...rest,
    metadata: { lifecycles, tools, component: { ...component, name: 'qianma' } },
    components: [...components.filter((one) => shipped.has(one['bom-ref'])), typeface],
    dependencies: dependencies
      .filter(({ ref }) => ref === own || shipped.has(ref))
      .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((one) => shipped.has(one)) })),
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  writeFileSync(join(root, 'dist/sbom.cdx.json'), `${JSON.stringify(createSbom(), null, 2)}\n`);
  console.log('dist/sbom.cdx.json');
}
