using System.Collections.Immutable;

namespace ConfigLsp.Core.Diagnostics;

/// <summary>The machine-readable half of a <see cref="Diagnostic"/>. Absent facts are null or empty.</summary>
public sealed record DiagnosticData
{
    /// <summary>JSON Pointer (RFC 6901) of the value concerned; empty for the root.</summary>
    public string? Path { get; init; }

    /// <summary>URI of the schema document that made the demand.</summary>
    public string? SchemaUri { get; init; }

    /// <summary>JSON Pointer of the keyword in that document, for instance <c>/properties/maxAgents/maximum</c>.</summary>
    public string? SchemaPointer { get; init; }

    /// <summary>What was expected, as JSON text or a short phrase; for an unknown key that is known elsewhere the JSON Pointer where it belongs.</summary>
    public string? Expected { get; init; }

    /// <summary>What was found, as JSON text, shortened; never the value of a secret.</summary>
    public string? Actual { get; init; }

    /// <summary>Replacements for the text of the span, best first, for instance the keys that an unknown key may mean.</summary>
    public ImmutableArray<string> Suggestions { get; init; } = [];
}
