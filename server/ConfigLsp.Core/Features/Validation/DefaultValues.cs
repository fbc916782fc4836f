using System.Collections.Immutable;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Features.Validation;

/// <summary>Finds values that only repeat the default of the schema, for those who asked for that.</summary>
public static class DefaultValues
{
    private const int MaxFindings = 1000;

    /// <summary>The findings, by place; none unless the settings give the rule a severity.</summary>
    public static ImmutableArray<Diagnostic> Find(
        DocumentSnapshot snapshot, ImmutableDictionary<string, DiagnosticSeverity> severities, CancellationToken cancellationToken)
    {
        var severity = severities.GetValueOrDefault(DiagnosticCatalog.EqualsDefault.Id, DiagnosticCatalog.EqualsDefault.Severity);
        if (severity == DiagnosticSeverity.Off || snapshot.Schema is not { } schema)
        {
            return [];
        }

        var found = ImmutableArray.CreateBuilder<Diagnostic>();
        SchemaEvaluator.Walk(
            snapshot.Tree,
            schema,
            snapshot.Text.FullSpan,
            place =>
            {
                if (place.Node.Kind == SyntaxKind.Property && IsDefault(place))
                {
                    found.Add(new Diagnostic(DiagnosticCatalog.EqualsDefault, place.Node.Span, "This is the default, so it can be left out.")
                    {
                        Severity = severity,
                        Data = new DiagnosticData { Path = place.Node.GetPointer() },
                    });
                }

                return found.Count < MaxFindings;
            },
            cancellationToken);
        return found.DrainToImmutable();
    }

    private static bool IsDefault(SchemaPlace place)
    {
        var isDefault = false;
        for (var i = 0; i < place.Schemas.Count; i++)
        {
            var (schema, isCertain) = place.Schemas[i];
            if (schema.IsSecret)
            {
                return false;
            }

            if (isCertain && schema.Annotations.Default is { IsNone: false } value)
            {
                // Where several schemas give a default, nobody knows which one counts.
                if (!SyntaxEquality.Instance.Equals(value, place.Value))
                {
                    return false;
                }

                isDefault = true;
            }
        }

        return isDefault && place.Value.IsValue;
    }
}
