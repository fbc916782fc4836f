using System.Text.Json.Nodes;
using ConfigLsp.Configuration.Documents;
using ConfigLsp.Configuration.Files;
using ConfigLsp.Configuration.Schemas;
using ConfigLsp.Configuration.Service;
using ConfigLsp.Configuration.Storage;
using ConfigLsp.Configuration.Workspace;
using ConfigLsp.Testing.Files;

namespace ConfigLsp.Server.Tests.Lsp;

/// <summary>A folder on the disk that an editor's session serves together with its configuration service, with a home and a state folder of its own.</summary>
internal sealed class EditorWorkspace : IDisposable
{
    public const string Settings = ".nofx/settings.json";

    /// <summary>What VS Code says of itself, as far as it matters here.</summary>
    public const string Capabilities = """
        {"workspace": {"applyEdit": true, "workspaceEdit": {"documentChanges": true}}, "textDocument": {"hover": {"contentFormat": ["markdown"]}}}
        """;

    private readonly TemporaryFolder _folder = new();

    public EditorWorkspace()
    {
        Directory.CreateDirectory(_folder["work/.nofx"]);
        Directory.CreateDirectory(_folder["home"]);
    }

    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    public string StateFolder => _folder["state"];

    public string Folder => _folder["work"];

    public EditorWorkspace Write(string path, string text)
    {
        _folder.Write("work/" + path, text);
        return this;
    }

    public string Read(string path = Settings) => File.ReadAllText(_folder["work/" + path]);

    public string UriOf(string path) => DocumentUri.FromFilePath(_folder["work/" + path]).Text;

    public Task<LspTestSession> StartAsync(string capabilities = Capabilities, string options = "null") => LspTestSession.StartAsync(
        capabilities,
        options,
        files: new PhysicalFileSystem(),
        configuration: new EditorConfiguration(() => new HostOptions(new PhysicalFileSystem(), new SchemaCatalog(ignoreCase: false))
        {
            Placeholders = new PathPlaceholders(_folder["home"], name => Variables.GetValueOrDefault(name)),
            Variables = () => Variables,
            State = new StateFolder(StateFolder),
        }).Access,
        root: DocumentUri.FromFilePath(Folder).Text);

    public Task OpenAsync(LspTestSession session, string path = Settings, string? text = null) => session.OpenAsync(text ?? Read(path), UriOf(path));

    /// <summary>The text of the hover over the first occurrence of a word; null where there is none. Asks until the settings have been read.</summary>
    public async Task<string?> HoverAsync(LspTestSession session, string word, string path = Settings, string? text = null, string until = "Effective")
    {
        text ??= Read(path);
        int offset = text.IndexOf(word, StringComparison.Ordinal);
        int line = text[..offset].Count(c => c == '\n');
        int character = offset - (text.LastIndexOf('\n', offset) + 1) + 1;
        string? found = null;
        // A busy machine may need longer for the first reading than a hover waits.
        for (int attempt = 0; attempt < 200; attempt++)
        {
            JsonNode? hover = await session.Client.RequestAsync("textDocument/hover", LspTestSession.At(line, character, UriOf(path)));
            found = hover?["contents"]!["value"]!.GetValue<string>();
            if (found?.Contains(until, StringComparison.Ordinal) == true)
                return found;
        }

        return found;
    }

    public static async Task<JsonObject> UpdateAsync(LspTestSession session, string key, JsonNode? value, string? source = null) =>
        await session.Client.AskAsync("configlsp/update", new JsonObject { ["key"] = key, ["value"] = value, ["source"] = source });

    public void Dispose() => _folder.Dispose();
}
