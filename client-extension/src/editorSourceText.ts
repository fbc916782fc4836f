/** Whether the text of a `configlsp.json` speaks of a source of the type `vscode`. The server reads it properly; here a mention is enough. */
export const namesEditorSource = (text: string): boolean => /"type"\s*:\s*"vscode"/.test(text);
