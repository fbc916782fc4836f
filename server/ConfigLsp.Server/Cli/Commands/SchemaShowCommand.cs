using System.CommandLine;
using System.Text.Json;
using ConfigLsp.Configuration.Schemas;
using ConfigLsp.Server.Health;
using ConfigLsp.Server.Cli.Checking;
using ConfigLsp.Server.Cli.Reporting;
using ConfigLsp.Server.Cli.Terminal;

namespace ConfigLsp.Server.Cli.Commands;

/// <summary><c>configlsp schema show FILE</c>: which schemas apply to a file, why, and whether they can be used.</summary>
internal static class SchemaShowCommand
{
    public static Command Create(CommandLineHost host)
    {
        var file = new Argument<string>("file") { Description = "The settings file; it need not exist yet" };
        var format = ChoiceOption.Create("--format", "How to print", "text", "text", "json");
        var json = new Option<bool>("--json") { Description = "The same as --format json" };
        var access = new SchemaAccessOptions("Trust the workspace, as with check");
        var command = new Command("show", "Show which schemas apply to a file, and why") { file, format, json };
        access.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var path = Path.GetFullPath(parsed.GetRequiredValue(file), host.WorkingDirectory);
            var result = await new SchemaInquiry(host, access.Read(parsed)).ExplainAsync(path, cancellationToken);
            if (!result.TryGet(out var explanation, out var failure))
            {
                host.Messages.WriteLine($"configlsp: error: {TerminalText.Sanitize(failure.Message)}");
                host.Messages.Flush();
                return ExitCodes.Failure;
            }

            if (parsed.GetValue(json) || parsed.GetValue(format) == "json")
            {
                WriteJson(host.Output, explanation);
            }
            else
            {
                WriteText(host, explanation);
            }

            return ExitCodes.Success;
        });
        return command;
    }

    private static void WriteText(CommandLineHost host, SchemaExplanation explanation)
    {
        var style = new TextStyle(host.OutputTerminal.HasColor(host.Variable));
        var output = host.Text;
        output.WriteLine($"{style.Emphasis(TerminalText.Sanitize(explanation.Path))}{(explanation.Exists ? string.Empty : " (does not exist yet)")}");
        if (explanation.Schemas.Count == 0)
        {
            output.WriteLine("  No schema applies, so only the syntax is checked. Name one as \"$schema\" in the file, or for its path in configlsp.json.");
        }

        foreach (var schema in explanation.Schemas)
        {
            output.WriteLine($"  schema   {TerminalText.Sanitize(schema.Title ?? schema.Uri)}");
            if (schema.Title is not null)
            {
                output.WriteLine($"           {TerminalText.Sanitize(schema.Uri)}");
            }

            output.WriteLine($"  because  {TerminalText.Sanitize(schema.Reason)}");
            if (schema.Origin is { } origin)
            {
                output.WriteLine($"  from     {TerminalText.Sanitize(SchemaOriginText.Describe(origin))}");
            }

            foreach (var problem in schema.Problems)
            {
                output.WriteLine($"  {style.Error("problem")}  {TerminalText.Sanitize(problem)}");
            }
        }

        output.Flush();
    }

    private static void WriteOrigin(Utf8JsonWriter json, SchemaOrigin? origin)
    {
        if (origin is null)
        {
            return;
        }

        json.WriteStartObject("origin");
        json.WriteString("kind", SchemaOriginText.Name(origin.Kind));
        if (origin.FetchedAt is { } fetched)
        {
            json.WriteString("fetchedAt", fetched);
        }

        if (origin.CheckedAt is { } looked)
        {
            json.WriteString("checkedAt", looked);
        }

        json.WriteOptional("note", origin.Note);
        json.WriteEndObject();
    }

    private static void WriteJson(Stream output, SchemaExplanation explanation)
    {
        using var json = JsonOutput.Create(output);
        json.WriteStartObject();
        json.WriteNumber("version", 1);
        json.WriteString("path", explanation.Path);
        json.WriteBoolean("exists", explanation.Exists);
        json.WriteString("level", explanation.Level);
        json.WriteStartArray("schemas");
        foreach (var schema in explanation.Schemas)
        {
            json.WriteStartObject();
            json.WriteString("uri", schema.Uri);
            json.WriteOptional("title", schema.Title);
            json.WriteString("reason", schema.Reason);
            WriteOrigin(json, schema.Origin);
            json.WriteStartArray("problems");
            foreach (var problem in schema.Problems)
            {
                json.WriteStringValue(problem);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        JsonOutput.Finish(json, output);
    }
}
