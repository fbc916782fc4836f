using System.Collections.Immutable;

namespace ConfigLsp.Configuration.Service;

/// <summary>The merged settings, or a part of them.</summary>
/// <param name="Json">As JSON, with secrets replaced by <see cref="Redacted"/>.</param>
/// <param name="RedactedKeys">The keys whose values are not shown.</param>
public sealed record EffectiveDocument(ReadOnlyMemory<byte> Json, ImmutableArray<string> RedactedKeys)
{
    /// <summary>What stands in place of a secret.</summary>
    public const string Redacted = "<redacted>";
}
