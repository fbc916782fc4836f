using System.Collections.Immutable;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Schema;

namespace ConfigLsp.Core.Features.Validation;

/// <summary>The user's choices about diagnostics.</summary>
public sealed record ValidationOptions
{
    public static readonly ValidationOptions Default = new();

    /// <summary>When the formats of JSON Schema are checked; our own formats always are.</summary>
    public FormatAssertion Formats { get; init; } = FormatAssertion.Always;

    /// <summary>The largest number of diagnostics of a document; at least 1.</summary>
    public int MaxProblems { get; init; } = 1000;

    /// <summary>Severities by rule id that replace the rules' own; <see cref="DiagnosticSeverity.Off"/> silences a rule.</summary>
    public ImmutableDictionary<string, DiagnosticSeverity> Severities { get; init; } = ImmutableDictionary<string, DiagnosticSeverity>.Empty;

    /// <summary>
    /// Whether comments in the document may suppress findings. They do for people; a program that asks whether settings are valid is not put off by a comment.
    /// </summary>
    public bool HonorsSuppressions { get; init; }
}
