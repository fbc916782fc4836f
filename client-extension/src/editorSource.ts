import * as vscode from 'vscode';
import { namesEditorSource } from './editorSourceText';

/** Whether the `configlsp.json` of a folder has a source in the settings files of VS Code; without one they are none of our business. */
export async function hasEditorSource(): Promise<boolean> {
  const named = await Promise.all(
    (vscode.workspace.workspaceFolders ?? []).map(async (folder) => {
      try {
        return namesEditorSource(new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder.uri, 'configlsp.json'))));
      } catch {
        // Most folders have none.
        return false;
      }
    }),
  );
  return named.includes(true);
}
