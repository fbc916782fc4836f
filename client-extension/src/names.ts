/** The id of the language that settings files get, of the settings section and of the client. */
export const languageId = 'configlsp';

export const commandIds = {
  healthCheck: 'configlsp.healthCheck',
  restartServer: 'configlsp.restartServer',
  showLog: 'configlsp.showLog',
  openSchema: 'configlsp.openSchema',
  showEffective: 'configlsp.showEffective',
  setValue: 'configlsp.setValue',
  explainValue: 'configlsp.explainValue',
} as const;

export const runtimeDownloadPage = 'https://dotnet.microsoft.com/download/dotnet/10.0';
