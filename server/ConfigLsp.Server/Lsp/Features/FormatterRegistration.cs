using ConfigLsp.Server.Logging;
using ConfigLsp.Server.Lsp.Protocol;
using ConfigLsp.Server.Lsp.Settings;
using ConfigLsp.Server.Rpc;

namespace ConfigLsp.Server.Lsp.Features;

/// <summary>
/// Offers formatting to clients that let the server do so while it runs, as the setting <c>json.format.enable</c> says. The client is told one
/// thing after the other, so that what it was told last is what holds.
/// </summary>
internal sealed class FormatterRegistration(SessionState state, LspClient client, ServerLog log, CancellationToken stopped)
{
    private static readonly Registration[] Registrations =
    [
        new("formatting", "textDocument/formatting", new RegistrationOptions()),
        new("rangeFormatting", "textDocument/rangeFormatting", new RegistrationOptions { RangesSupport = true }),
        new("onTypeFormatting", "textDocument/onTypeFormatting", new RegistrationOptions
        {
            FirstTriggerCharacter = FormattingHandlers.OnTypeOptions.FirstTriggerCharacter,
            MoreTriggerCharacter = FormattingHandlers.OnTypeOptions.MoreTriggerCharacter,
        }),
    ];

    private readonly Lock _lock = new();
    private bool _isRegistered;
    private Task _last = Task.CompletedTask;

    /// <summary>Takes settings in; does nothing where formatting is offered otherwise or not at all.</summary>
    public void Apply(LspSettings settings)
    {
        if (!state.RegistersFormatter)
            return;
        lock (_lock)
        {
            if (_isRegistered == settings.Format)
                return;
            _isRegistered = settings.Format;
            _last = TellAsync(_last, settings.Format);
        }
    }

    private async Task TellAsync(Task before, bool register)
    {
        await before.ConfigureAwait(false);
        try
        {
            await (register
                ? client.RegisterAsync(new RegistrationParams(Registrations), stopped)
                : client.UnregisterAsync(new UnregistrationParams([.. Registrations.Select(one => new Unregistration(one.Id, one.Method))]), stopped))
                .ConfigureAwait(false);
        }
        catch (RpcException refusal)
        {
            log.Warn("The client refused to change whether formatting is offered.", ("code", refusal.Error.Code));
        }
        catch (Exception exception) when (exception is RpcConnectionClosedException or OperationCanceledException)
        {
            // There is nobody left to serve.
        }
    }
}
