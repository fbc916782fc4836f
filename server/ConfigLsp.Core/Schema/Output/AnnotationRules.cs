using System.Collections.Frozen;
using ConfigLsp.Core.Schema.Dialects;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema.Output;

/// <summary>Which keywords annotate what their schema accepts with the very value that is written (2020-12 Core, section 6.5).</summary>
internal static class AnnotationRules
{
    /// <summary>Keywords that name or comment and never annotate.</summary>
    private static readonly FrozenSet<string> Structural = new[]
    {
        "$schema", "$id", "$anchor", "$dynamicAnchor", "$recursiveAnchor", "$vocabulary", "$comment",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Described = new[]
    {
        "deprecated", "format", "contentEncoding", "contentMediaType", "contentSchema",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>
    /// Whether the keyword annotates the instance. One that the dialect does not know does, as it says nothing else (2020-12 Core, section 6.5).
    /// </summary>
    public static bool Annotates(string keyword, SyntaxNode schema, Dialect dialect, SyntaxKind instance)
    {
        if (Structural.Contains(keyword) || (keyword == "id" && dialect.Draft == DraftVersion.Draft04))
        {
            return false;
        }

        if (!dialect.Knows(keyword))
        {
            return true;
        }

        if (!Described.Contains(keyword))
        {
            return false;
        }

        // What is said of the content of strings concerns nothing else, and a schema of the content needs its media type (2020-12 Validation, section 8).
        return !keyword.StartsWith("content", StringComparison.Ordinal)
            || (instance == SyntaxKind.String && (keyword != "contentSchema" || schema.TryGetProperty("contentMediaType"u8, out _)));
    }
}
