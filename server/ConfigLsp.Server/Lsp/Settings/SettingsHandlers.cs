using System.Text.Json;
using ConfigLsp.Server.Logging;
using ConfigLsp.Server.Lsp.Protocol;
using ConfigLsp.Server.Rpc;

namespace ConfigLsp.Server.Lsp.Settings;

/// <summary>
/// Keeps <see cref="SessionState.Settings"/> up to date. What a client pushes with <c>workspace/didChangeConfiguration</c> counts, as clients
/// written for jsonls prepare their sections so; sections that were never pushed are pulled where the client allows it.
/// </summary>
internal sealed class SettingsHandlers(
    SessionState state, LspClient client, SettingsReadiness readiness, ServerLog log, LogLevel startLevel, Action<LspSettings> apply, CancellationToken stopped)
{
    /// <summary>In the order of <see cref="Sections"/>.</summary>
    private static readonly string[] SectionNames = ["json", "http", "configlsp"];

    private readonly Lock _lock = new();
    private Sections _pushed;
    private Sections _pulled;
    private long _pulls;
    private long _answered;
    private int _open;

    public void Register(RpcHandlers handlers) => handlers.OnNotification(
        "workspace/didChangeConfiguration", LspJsonContext.Default.DidChangeConfigurationParams, (parameters, _) =>
        {
            Changed(parameters.Settings);
            return ValueTask.CompletedTask;
        });

    /// <summary>Asks for the settings for the first time.</summary>
    public void Start() => Pull();

    /// <summary>A section that is not given keeps what was pushed for it before: the change may come from another part of the client.</summary>
    private void Changed(JsonElement settings)
    {
        bool complete;
        lock (_lock)
        {
            _pushed = new Sections(
                Sections.Prefer(settings.At(SectionNames[0]), _pushed.Json),
                Sections.Prefer(settings.At(SectionNames[1]), _pushed.Http),
                Sections.Prefer(settings.At(SectionNames[2]), _pushed.Own));
            complete = _pushed.IsComplete;
        }

        if (!complete)
            Pull();
        Apply();
    }

    private void Pull()
    {
        if (!state.Features.Configuration)
            return;
        readiness.Asked();
        long pull;
        lock (_lock)
        {
            pull = ++_pulls;
            _open++;
        }

        _ = Task.Run(() => PullAsync(pull), CancellationToken.None);
    }

    private async Task PullAsync(long pull)
    {
        try
        {
            var sections = new ConfigurationParams([.. SectionNames.Select(name => new ConfigurationItem(name))]);
            JsonElement answer = await client.ConfigurationAsync(sections, stopped).ConfigureAwait(false);
            JsonElement[] values = answer.ValueKind == JsonValueKind.Array ? [.. answer.EnumerateArray()] : [];
            lock (_lock)
            {
                // An answer to an earlier question counts until a later one is answered, which may never be.
                if (pull < _answered)
                    return;
                _answered = pull;
                _pulled = new Sections(values.ElementAtOrDefault(0), values.ElementAtOrDefault(1), values.ElementAtOrDefault(2));
            }

            Apply();
        }
        catch (RpcException refusal)
        {
            log.Warn("The client did not answer workspace/configuration; what it gave before and the defaults are used.", ("code", refusal.Error.Code));
        }
        catch (Exception exception) when (exception is RpcConnectionClosedException or OperationCanceledException)
        {
            // There is nobody left to serve.
        }
        catch (Exception exception)
        {
            // Nobody waits for this task, so that a bug would not be seen otherwise.
            log.Failure("The client's settings could not be used.", exception);
        }
        finally
        {
            lock (_lock)
            {
                // Findings wait for the answer to the last question, as long as one can still come.
                if (--_open == 0 || _answered == _pulls)
                    readiness.Settled();
            }
        }
    }

    private void Apply()
    {
        lock (_lock)
        {
            LspSettings settings = LspSettingsReader.Read(
                Sections.Prefer(_pushed.Json, _pulled.Json),
                Sections.Prefer(_pushed.Http, _pulled.Http),
                Sections.Prefer(_pushed.Own, _pulled.Own),
                out IReadOnlyList<string> problems);
            foreach (string problem in problems)
                log.Warn(problem);
            log.SetLevel(settings.LogLevel ?? startLevel);
            state.Settings = settings;
            apply(settings);
        }
    }

    /// <summary>The sections as the client gave them; undefined where it did not.</summary>
    private readonly record struct Sections(JsonElement Json, JsonElement Http, JsonElement Own)
    {
        public bool IsComplete => IsGiven(Json) && IsGiven(Http) && IsGiven(Own);

        public static JsonElement Prefer(JsonElement first, JsonElement second) => IsGiven(first) ? first : second;

        private static bool IsGiven(JsonElement section) => section.ValueKind == JsonValueKind.Object;
    }
}
