using System.Collections.Immutable;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Configuration.Schemas;

/// <summary>The schema of one document.</summary>
/// <param name="Schema">All schemas that apply, as one; null if none applies or none could be loaded.</param>
/// <param name="Level">Where it is said which schemas apply.</param>
/// <param name="Uris">The URIs of the schemas that apply, loaded or not.</param>
/// <param name="Problems">What could not be loaded, each document once.</param>
public sealed record SchemaLookup(JsonSchema? Schema, SchemaLevel Level, ImmutableArray<string> Uris, ImmutableArray<SchemaLoadProblem> Problems)
{
    /// <summary>The most problems of one document that are said.</summary>
    public const int MaxProblems = 100;

    /// <summary>No schema applies.</summary>
    public static readonly SchemaLookup None = new(Schema: null, SchemaLevel.None, [], []);

    /// <summary>
    /// Whether a schema is still being loaded, after the time that a caller waits. When it is there, <see cref="SchemaStore.SchemasChanged"/>
    /// names the document.
    /// </summary>
    public bool IsPending { get; init; }

    /// <summary>Whether the document is a schema itself, so that <see cref="SchemaStore.InspectAsync"/> has something to say about it.</summary>
    public bool DescribesSchemas { get; init; }
}

/// <summary>A schema document that could not be loaded.</summary>
/// <param name="Uri">The document.</param>
/// <param name="Reason">Why, and what to do: a sentence for people.</param>
/// <param name="Origin">The <c>$schema</c> value that names it, or null where something else does.</param>
public sealed record SchemaLoadProblem(string Uri, string Reason, TextSpan? Origin)
{
    /// <summary>The schema that refers to the document, where it is not itself a schema of the file; else null.</summary>
    public string? Referrer { get; init; }

    /// <summary>How many further documents of the same referrer could not be loaded for the same reason.</summary>
    public int More { get; init; }

    /// <summary>The problem as a finding in the document: at its <c>$schema</c>, or else at its first character.</summary>
    public Diagnostic ToDiagnostic(SyntaxTree tree)
    {
        var start = tree.Root.IsNone ? 0 : tree.Root.Span.Start;
        var span = Origin ?? new TextSpan(start, Math.Min(1, tree.Text.Length - start));
        var message = Referrer is null
            ? $"The schema {Uri} could not be loaded: {Reason}"
            : $"The schema {Referrer} refers to {Uri}{(More == 0 ? string.Empty : $" and {More} more")}, which could not be loaded: {Reason}";
        return new Diagnostic(DiagnosticCatalog.SchemaNotLoaded, span, message) { Data = new DiagnosticData { SchemaUri = Uri } };
    }
}

/// <summary>Says which documents have another schema than before.</summary>
/// <param name="documents">The documents, among those whose schema was asked for and that were not forgotten.</param>
public sealed class SchemasChangedEventArgs(ImmutableArray<Documents.DocumentUri> documents) : EventArgs
{
    /// <summary>The documents to check again.</summary>
    public ImmutableArray<Documents.DocumentUri> Documents { get; } = documents;
}
