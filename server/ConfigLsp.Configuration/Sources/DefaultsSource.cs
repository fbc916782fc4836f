using ConfigLsp.Configuration.Storage;
using ConfigLsp.Configuration.Workspace;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Configuration.Sources;

/// <summary>The defaults that the schema of the settings states, as a document of their own.</summary>
/// <param name="name">How logs, health and the API call it.</param>
/// <param name="schema">The schema; null while it is not known, and then there are no defaults.</param>
public sealed class DefaultsSource(string name, Func<JsonSchema?> schema) : ISettingsSource
{
    private static readonly SourceContent NoDefaults = Content(JsonParser.Parse(SourceText.From("{}")));

    private volatile Made? _last;

    /// <inheritdoc />
    public string Name => name;

    /// <inheritdoc />
    public SourceType Type => SourceType.Defaults;

    /// <inheritdoc />
    public string? WritablePath => null;

    /// <inheritdoc />
    public string? Location => schema()?.Uri;

    /// <summary>Does nothing: whoever loads the schema knows when it changes.</summary>
    public void Watch(Action changed)
    {
    }

    /// <inheritdoc />
    public ValueTask<SourceReading> LoadAsync(SourceContent? previous, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (schema() is not { } current)
        {
            return new ValueTask<SourceReading>(new SourceReading.Loaded(NoDefaults));
        }

        var made = _last;
        if (made?.Schema != current)
        {
            _last = made = new Made(current, Content(SchemaDefaults.CreateDocument(current)));
        }

        var content = previous?.Hash == made.Content.Hash ? previous : made.Content;
        return new ValueTask<SourceReading>(new SourceReading.Loaded(content));
    }

    /// <inheritdoc />
    public void Dispose()
    {
    }

    private static SourceContent Content(SyntaxTree tree) => new(tree) { Hash = ContentHash.Of(tree.Text.Span) };

    private sealed record Made(JsonSchema Schema, SourceContent Content);
}
