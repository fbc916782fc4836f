using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ConfigLsp.Server.Headless.Api;

namespace ConfigLsp.Server.Tests.Headless;

/// <summary>Makes <c>docs/api.md</c> of the table that registration uses.</summary>
internal static class ApiPage
{
    private static readonly JsonSerializerOptions Wide = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write()
    {
        var page = new StringBuilder(Introduction);
        page.Append("\n| method | what it does |\n|---|---|\n");
        foreach (ApiMethod method in ApiDescription.Methods)
            page.Append($"| [`{method.Name}`](#{Anchor(method)}) | {method.Summary} |\n");
        page.Append("\n## Methods\n");
        foreach (ApiMethod method in ApiDescription.Methods)
            Write(method, isNotification: false, page);
        page.Append("\n## Notifications\n\nThe server sends these without being asked; they have no answer. All but those of watches go to every client.\n");
        foreach (ApiMethod method in ApiDescription.Notifications)
            Write(method, isNotification: true, page);
        return page.ToString();
    }

    private static void Write(ApiMethod method, bool isNotification, StringBuilder page)
    {
        page.Append($"\n### {method.Name}\n\n{method.Summary}\n");
        if (method.Notes is { } notes)
            page.Append($"\n{string.Join(' ', notes.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))}\n");
        ImmutableArray<ApiField> parameters = method.TakesWorkspace && !isNotification
            ? method.Parameters.Add(new ApiField("workspace?", "string", "A served folder, or something in it: an absolute path or `file:` URI. Without it the connection's own."))
            : method.Parameters;
        Write(isNotification ? "members" : "parameters", parameters, page);
        if (!isNotification)
            Write("result", method.Result, page);
        page.Append($"\n```json\n{Message(method, isNotification)}\n```\n");
        if (method.ExampleResult is { } result)
            page.Append($"\n```json\n{Indented(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = 1, ["result"] = JsonNode.Parse(result) })}\n```\n");
    }

    private static void Write(string title, ImmutableArray<ApiField> fields, StringBuilder page)
    {
        if (fields.IsEmpty)
            return;
        page.Append($"\n| {title} | type | |\n|---|---|---|\n");
        foreach (ApiField field in fields)
            page.Append($"| `{field.Member}`{(field.IsOptional ? " (optional)" : string.Empty)} | {field.Type} | {field.Meaning} |\n");
    }

    private static string Message(ApiMethod method, bool isNotification)
    {
        var message = new JsonObject { ["jsonrpc"] = "2.0" };
        if (!isNotification)
            message["id"] = 1;
        message["method"] = method.Name;
        message["params"] = JsonNode.Parse(method.ExampleParams);
        return Indented(message);
    }

    private static string Indented(JsonNode json) => json.ToJsonString(Wide).ReplaceLineEndings("\n");

    private static string Anchor(ApiMethod method) => method.Name.Replace("/", string.Empty, StringComparison.Ordinal).ToLowerInvariant();

    private const string Introduction = """
        # The service's API

        <!-- Generated from the table that the server registers its methods with. Do not edit. -->

        JSON-RPC 2.0, version 1 of the API. The same methods are answered by `configlsp serve` ([how to run it](serve.md)) and by `configlsp lsp` on an
        editor's connection. Errors are listed in [errors.md](errors.md); working clients are in [examples](examples).

        ## The wire

        - Messages are framed as in the Language Server Protocol: `Content-Length: N`, an empty line, N bytes of JSON in UTF-8. Lines end with CR LF.
        - `params` is an object. Clients that send parameters by position send that object as the only element of an array. Where a method needs none,
          `{}`, `[]`, `null` or nothing will do. Members that are not known are ignored.
        - An id is a number or a string, and comes back as it was sent. Every request gets exactly one reply. Batches are refused.
        - `$/cancelRequest` with `{id}` cancels a request; it is still answered, with the error -32800 or with its result.
        - Begin with `initialize` (LSP's; all members are optional) and end with `shutdown` and then `exit`. Until `initialize` is answered, every other
          request but `configlsp/ping` gets the error -32002.
        - A message may have 32 MiB and 128 levels, a connection 256 requests in flight. A longer message is skipped and answered with an error; the
          connection goes on.
        - Requests are taken up in the order in which they are sent, and answered as they are done. To read what an update wrote, wait for its reply.

        `initialize` takes in `initializationOptions.configlsp`:

        | member | |
        |---|---|
        | `workspaces` | Folders to serve, as absolute paths or `file:` URIs; the first is meant where a request names none. Without it `workspaceFolders` or `rootUri`. |
        | `trust` | Whether these folders are trusted: then their `configlsp.json` may ask for HTTP sources, environment variables and files elsewhere. Without it no. A folder that is served already stays as it is. |
        | `environment` | The environment whose settings apply. With `--stdio` only; at a socket it is the server's. |
        | `cache` | `{enabled, ttlMs}`. With `--stdio` only. |

        Its result has `capabilities` (empty), `serverInfo {name, version}` and `configlsp {apiVersion, instanceId, methods, workspaces}`.

        ```json
        {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"processId":4711,"clientInfo":{"name":"my-program"},"capabilities":{},"initializationOptions":{"configlsp":{"workspaces":["/srv/app"]}}}}
        ```

        """;
}
