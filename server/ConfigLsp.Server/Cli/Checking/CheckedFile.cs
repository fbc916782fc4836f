using System.Collections.Immutable;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Server.Cli.Checking;

/// <summary>A file that was read and checked.</summary>
/// <param name="Location">Which file.</param>
/// <param name="Text">Its text, which the positions of the findings refer to.</param>
/// <param name="Schemas">URIs of the schemas that it was checked by; empty where only its syntax was.</param>
/// <param name="Diagnostics">The findings, by position.</param>
internal sealed record CheckedFile(FileLocation Location, SourceText Text, ImmutableArray<string> Schemas, ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>The places in the text that hold secret values and are not shown, by position.</summary>
    public ImmutableArray<TextSpan> SecretSpans { get; init; } = [];
}
