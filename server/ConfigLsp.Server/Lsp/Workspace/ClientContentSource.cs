using System.Text.Json;
using ConfigLsp.Configuration.Schemas;
using ConfigLsp.Core.Text;
using ConfigLsp.Server.Lsp.Protocol;
using ConfigLsp.Server.Rpc;

namespace ConfigLsp.Server.Lsp.Workspace;

/// <summary>Asks the client for schemas that the server does not read itself (<c>vscode/content</c>, as jsonls does).</summary>
internal sealed class ClientContentSource(LspClient client, TimeProvider time)
{
    /// <summary>How long the client may take. It may have to fetch the text, but a client that never answers must not leave a file unchecked unsaid.</summary>
    public static TimeSpan LongestWait { get; } = TimeSpan.FromSeconds(10);

    public async ValueTask<SchemaContent> ReadAsync(string uri, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(LongestWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            JsonElement content = await client.ContentAsync(uri, either.Token).ConfigureAwait(false);
            return content.AsText() is { } text
                ? new SchemaContent.Loaded(SourceText.From(text))
                : SchemaContent.Failure("the editor's answer is not a text");
        }
        catch (RpcException refusal) when (refusal.Error.Code == RpcErrorCodes.MethodNotFound)
        {
            return SchemaContent.Failure("the editor does not offer the content of such addresses");
        }
        catch (RpcException refusal)
        {
            return SchemaContent.Failure($"the editor answered: {Shorten(refusal.Error.Message)}", mayPass: true);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return SchemaContent.Failure($"the editor did not answer within {LongestWait.TotalSeconds} s", mayPass: true);
        }
        catch (RpcConnectionClosedException)
        {
            return SchemaContent.Failure("the connection to the editor was closed", mayPass: true);
        }
    }

    /// <summary>The message is the client's own text; it is shown in a diagnostic and must stay one short line.</summary>
    private static string Shorten(string message)
    {
        string line = message.ReplaceLineEndings(" ");
        return line.Length <= 200 ? line : string.Concat(line.AsSpan(0, 200), "...");
    }
}
