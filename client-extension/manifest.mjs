// Generates the parts of package.json that are written down elsewhere: the file name patterns of the language come from
// schemas/catalog.json, the settings from schemas/client-settings.schema.json.

/** The glob patterns of the files that the ConfigLsp language claims by name alone. */
export function filenamePatterns(catalog) {
  // Whether an entry with requiresSibling holds depends on another file, which a manifest cannot say: the server is asked.
  const patterns = catalog.schemas.filter((entry) => entry.requiresSibling === undefined).flatMap((entry) => entry.fileMatch ?? []);
  return [...new Set(patterns.filter((pattern) => !pattern.startsWith('!')))];
}

/** File names that VS Code itself gives the language jsonc. A name wins over the pattern of a language, but not over an association. */
const namesClaimedByVsCode = ['settings.json', 'launch.json', 'tasks.json', 'mcp.json', 'keybindings.json', 'extensions.json', 'argv.json', 'profiles.json'];

/** Default values of `files.associations` for those patterns that would otherwise lose to a name that VS Code claims. */
export function fileAssociations(patterns) {
  const claims = (pattern, name) => {
    const glob = pattern.slice(pattern.lastIndexOf('/') + 1);
    return new RegExp(`^${glob.replace(/[.+^$(){}|\\[\]]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.')}$`).test(name);
  };
  const shadowed = patterns.filter((pattern) => namesClaimedByVsCode.some((name) => claims(pattern, name)));
  return Object.fromEntries(shadowed.map((pattern) => [pattern, 'configlsp']));
}

/** As VS Code's own language for JSON has it: keys are completed while they are typed between quotes, and what a completion replaces goes. */
const editing = { 'editor.quickSuggestions': { strings: true }, 'editor.suggest.insertMode': 'replace' };

/** Flattens the schema of the settings section into VS Code's dotted keys. */
export function settings(schema, section) {
  const properties = {};
  const restricted = [];
  const visit = (node, key) => {
    // An object with fixed keys is a group of settings; one with free keys (a map) is a single setting.
    if (node.type === 'object' && node.properties !== undefined && node.default === undefined) {
      for (const [name, child] of Object.entries(node.properties)) visit(child, `${key}.${name}`);
      return;
    }
    const { 'x-scope': scope, 'x-restricted': isRestricted, ...setting } = node;
    properties[key] = { ...setting, ...(scope === undefined ? {} : { scope }) };
    if (isRestricted === true) restricted.push(key);
  };
  visit(schema, section);
  return { properties, restricted };
}

/** package.json with its generated parts brought up to date. */
export function generate(manifest, catalog, settingsSchema) {
  const { properties, restricted } = settings(settingsSchema, 'configlsp');
  const patterns = filenamePatterns(catalog);
  const { contributes, capabilities } = manifest;
  return {
    ...manifest,
    capabilities: { ...capabilities, untrustedWorkspaces: { ...capabilities.untrustedWorkspaces, restrictedConfigurations: restricted } },
    contributes: {
      ...contributes,
      languages: contributes.languages.map((language) => (language.id === 'configlsp' ? { ...language, filenamePatterns: patterns } : language)),
      configurationDefaults: { 'files.associations': fileAssociations(patterns), '[configlsp]': editing },
      configuration: { ...contributes.configuration, properties },
    },
  };
}
