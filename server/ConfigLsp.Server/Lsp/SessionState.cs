using ConfigLsp.Core.Text;
using ConfigLsp.Server.Lsp.Documents;
using ConfigLsp.Server.Lsp.Lifecycle;
using ConfigLsp.Server.Lsp.Settings;
using ConfigLsp.Server.Lsp.Unopened;

namespace ConfigLsp.Server.Lsp;

/// <summary>What one client's connection knows. Changed in the request queue only; every value that is read elsewhere is immutable.</summary>
internal sealed class SessionState
{
    private volatile ClientFeatures _features = ClientFeatures.None;
    private volatile LspPositions _positions = new(PositionEncoding.Utf16);
    private volatile InitializationOptions? _initialization;
    private volatile LspSettings _settings = LspSettings.Default;
    private long _generation;

    public ServerLifecycle Lifecycle { get; } = new();

    public DocumentStore Documents { get; } = new();

    public ClientFeatures Features => _features;

    /// <summary>Beats when something in the workspace may be different.</summary>
    public WorkspacePulse Pulse { get; } = new();

    /// <summary>What the client has closed.</summary>
    public ClosedDocuments Closed { get; } = new();

    public LspPositions Positions => _positions;

    /// <summary>What the client decided with <c>initialize</c>; null before that.</summary>
    public InitializationOptions? Initialization => _initialization;

    /// <summary>Whether formatting is offered by registering it, so that settings can switch it on and off, as jsonls does it.</summary>
    public bool RegistersFormatter => _features.RegistersFormatting && _initialization is { ProvideFormatter: null };

    /// <summary>Whether formatting is offered once and for all.</summary>
    public bool OffersFormatter => !RegistersFormatter && _initialization is { ProvideFormatter: not false };

    public LspSettings Settings
    {
        get => _settings;
        set => _settings = value;
    }

    /// <summary>Counts the changes of settings and schemas: results of an older generation may no longer be true.</summary>
    public long Generation => Interlocked.Read(ref _generation);

    public void Advance() => Interlocked.Increment(ref _generation);

    public void Negotiated(ClientFeatures features, InitializationOptions initialization)
    {
        _initialization = initialization;
        _features = features;
        _positions = new LspPositions(features.PositionEncoding);
    }
}
