import * as vscode from 'vscode';

export interface SchemaAssociation {
  readonly fileMatch: string[];
  readonly uri: string;
}

interface ExtensionManifest {
  readonly contributes?: { readonly jsonValidation?: unknown };
}

/** The schemas that other extensions contribute (`contributes.jsonValidation`), as VS Code's own JSON support tells them its server. */
export function schemaAssociations(extensions: readonly vscode.Extension<unknown>[]): SchemaAssociation[] {
  return extensions.flatMap((extension) => {
    const contributed = (extension.packageJSON as ExtensionManifest).contributes?.jsonValidation;
    return Array.isArray(contributed) ? contributed.flatMap((entry) => association(entry, extension.extensionUri)) : [];
  });
}

function association(entry: { fileMatch?: unknown; url?: unknown } | null, extensionUri: vscode.Uri): SchemaAssociation[] {
  const fileMatch = [entry?.fileMatch].flat().filter(isFileGlob);
  const url = entry?.url;
  if (fileMatch.length === 0 || typeof url !== 'string') return [];
  const uri = url.startsWith('./') ? vscode.Uri.joinPath(extensionUri, url).toString() : url;
  return [{ fileMatch, uri }];
}

/** Patterns with a %PLACEHOLDER% mean files of VS Code itself, which no settings file of ours is among. */
const isFileGlob = (glob: unknown): glob is string => typeof glob === 'string' && !glob.startsWith('%');
