using System.Buffers;
using System.Collections.Immutable;
using ConfigLsp.Configuration.Keys;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Features;
using ConfigLsp.Core.Features.Validation;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Configuration.Layers;

/// <summary>Asks the schema about settings, and about single values at their place.</summary>
internal static class ValueCheck
{
    // Rules that say that a value cannot stand where it does, also when they are broken further out: there is no such key, or no object there.
    private static readonly ImmutableHashSet<string> AboutPlace =
        [DiagnosticCatalog.UnknownKey.Id, DiagnosticCatalog.TypeMismatch.Id, DiagnosticCatalog.InvalidKeyName.Id, DiagnosticCatalog.ForbiddenValue.Id];

    /// <summary>What makes a document of settings invalid; secrets are removed from the messages.</summary>
    public static ImmutableArray<Diagnostic> FindErrors(ReadOnlyMemory<byte> json, JsonSchema schema) =>
        FindErrors(JsonParser.Parse(SourceText.FromUtf8(json)), schema);

    /// <summary>What makes a document of settings invalid; secrets are removed from the messages.</summary>
    public static ImmutableArray<Diagnostic> FindErrors(SyntaxTree tree, JsonSchema schema)
    {
        if (SchemaEvaluator.IsValid(tree, schema, EvaluationOptions.Default))
        {
            return [];
        }

        var snapshot = new DocumentSnapshot(string.Empty, 0, tree, schema, SyntaxDialect.JsonWithComments);
        var set = DocumentValidation.Validate(snapshot, ValidationOptions.Default, CancellationToken.None);
        return [.. set.Diagnostics.Where(static d => d.Severity == DiagnosticSeverity.Error)];
    }

    /// <summary>
    /// The first thing that the schema has against a value at a key, looking at nothing else; null if the value can stand there. What it demands of
    /// the objects around, such as further keys, other layers may supply.
    /// </summary>
    public static Diagnostic? Find(SettingKey key, ReadOnlyMemory<byte> value, JsonSchema schema)
    {
        var pointer = key.Pointer;
        foreach (var diagnostic in FindErrors(Around(key, value), schema))
        {
            var path = diagnostic.Data?.Path ?? string.Empty;
            var isAtOrWithin = path.StartsWith(pointer, StringComparison.Ordinal) && (path.Length == pointer.Length || path[pointer.Length] == '/');
            var isAround = pointer.StartsWith(path, StringComparison.Ordinal) && (path.Length == 0 || pointer.Length == path.Length || pointer[path.Length] == '/');
            if (isAtOrWithin || (isAround && IsAboutPlace(diagnostic)))
            {
                return diagnostic;
            }
        }

        return null;
    }

    /// <summary>Whether a finding about a place condemns everything in it.</summary>
    public static bool IsAboutPlace(Diagnostic diagnostic) => AboutPlace.Contains(diagnostic.Descriptor.Id);

    /// <summary>A document that holds just one value at its key.</summary>
    public static ReadOnlyMemory<byte> Around(SettingKey key, ReadOnlyMemory<byte> value)
    {
        var output = new ArrayBufferWriter<byte>(value.Length + 64);
        foreach (var segment in key.Segments)
        {
            output.Write("{"u8);
            JsonRendering.WriteText(segment, output);
            output.Write(":"u8);
        }

        output.Write(value.Span);
        foreach (var _ in key.Segments)
        {
            output.Write("}"u8);
        }

        return output.WrittenMemory;
    }
}
