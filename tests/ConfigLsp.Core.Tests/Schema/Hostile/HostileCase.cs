using System.Text;
using ConfigLsp.Core.Diagnostics;

namespace ConfigLsp.Core.Tests.Schema.Hostile;

/// <summary>A schema and a document that would take too long, too much memory or too much stack if nothing bounded them.</summary>
/// <param name="Schema">The schema's text.</param>
/// <param name="Document">The document's text.</param>
/// <param name="IsValid">The verdict.</param>
/// <param name="Says">A rule that the document's findings or the schema's problems must name, or null if no bound may be hit.</param>
internal sealed record HostileCase(string Schema, string Document, bool IsValid, DiagnosticDescriptor? Says = null)
{
    /// <summary>The same text many times, with its number.</summary>
    public static string Repeat(int count, Func<int, string> part, string separator = ",")
    {
        var text = new StringBuilder();
        for (var i = 0; i < count; i++)
        {
            text.Append(i == 0 ? string.Empty : separator).Append(part(i));
        }

        return text.ToString();
    }

    /// <summary>The same text many times.</summary>
    public static string Repeat(int count, string part) => new StringBuilder(count * part.Length).Insert(0, part, count).ToString();
}
