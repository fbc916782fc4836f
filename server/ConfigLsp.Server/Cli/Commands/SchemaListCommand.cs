using System.CommandLine;
using ConfigLsp.Configuration.Documents;
using ConfigLsp.Configuration.Globbing;
using ConfigLsp.Configuration.Workspace;
using ConfigLsp.Server.Cli.Reporting;
using ConfigLsp.Server.Cli.Terminal;

namespace ConfigLsp.Server.Cli.Commands;

/// <summary><c>configlsp schema list</c>: the catalogue, and what the <c>configlsp.json</c> of the current workspace adds.</summary>
internal static class SchemaListCommand
{
    private const string FromCatalog = "catalog";
    private const string FromWorkspace = "workspace";

    public static Command Create(CommandLineHost host)
    {
        var format = ChoiceOption.Create("--format", "How to print", "text", "text", "json");
        var command = new Command("list", "List the schemas and the files that they apply to") { format };
        command.SetAction((parsed, cancellationToken) =>
        {
            var entries = Collect(host, cancellationToken);
            if (parsed.GetValue(format) == "json")
            {
                WriteJson(host.Output, entries);
            }
            else
            {
                WriteText(host, entries);
            }

            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }

    /// <summary>Workspace before catalogue, as they take precedence.</summary>
    private static List<Entry> Collect(CommandLineHost host, CancellationToken cancellationToken)
    {
        var root = WorkspaceLocator.Find(host.Files, host.WorkingDirectory, host.Placeholders.HomeFolder) ?? host.WorkingDirectory;
        var folder = WorkspaceFolder.Load(host.Files, DocumentUri.FromFilePath(root), isTrusted: false, cancellationToken);
        var entries = new List<Entry>();
        foreach (var association in folder.Configuration.Schemas)
        {
            entries.Add(new Entry(FromWorkspace, Name: null, Description: null, association.Schema.Uri, Patterns(association.FileMatch), RequiresSibling: null));
        }

        entries.AddRange(host.Catalog.Entries.Select(entry =>
            new Entry(FromCatalog, entry.Name, entry.Description, entry.Url, Patterns(entry.FileMatch), entry.RequiresSibling)));
        return entries;
    }

    private static string[] Patterns(GlobSet set) => [.. set.Patterns.Select(pattern => pattern.Excludes ? "!" + pattern.Glob.Pattern : pattern.Glob.Pattern)];

    private static void WriteText(CommandLineHost host, List<Entry> entries)
    {
        var style = new TextStyle(host.OutputTerminal.HasColor(host.Variable));
        foreach (var entry in entries)
        {
            host.Text.WriteLine($"{style.Emphasis(TerminalText.Sanitize(entry.Name ?? entry.Uri))} {style.Faint($"({entry.Source})")}");
            if (entry.Description is { } description)
            {
                host.Text.WriteLine($"  {TerminalText.Sanitize(description)}");
            }

            var files = entry.FileMatch.Length == 0 ? "only files that name it as $schema" : string.Join(", ", entry.FileMatch);
            host.Text.WriteLine($"  files   {TerminalText.Sanitize(files)}{(entry.RequiresSibling is { } sibling ? $" (beside {sibling})" : string.Empty)}");
            host.Text.WriteLine($"  schema  {TerminalText.Sanitize(entry.Uri)}");
            host.Text.WriteLine();
        }

        host.Text.Flush();
    }

    private static void WriteJson(Stream output, List<Entry> entries)
    {
        using var json = JsonOutput.Create(output);
        json.WriteStartObject();
        json.WriteNumber("version", 1);
        json.WriteStartArray("schemas");
        foreach (var entry in entries)
        {
            json.WriteStartObject();
            json.WriteString("source", entry.Source);
            json.WriteOptional("name", entry.Name);
            json.WriteOptional("description", entry.Description);
            json.WriteString("uri", entry.Uri);
            json.WriteStartArray("fileMatch");
            foreach (var pattern in entry.FileMatch)
            {
                json.WriteStringValue(pattern);
            }

            json.WriteEndArray();
            json.WriteOptional("requiresSibling", entry.RequiresSibling);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        JsonOutput.Finish(json, output);
    }

    private sealed record Entry(string Source, string? Name, string? Description, string Uri, string[] FileMatch, string? RequiresSibling);
}
