using System.Collections.Immutable;
using System.Text;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Schema.Explaining;
using ConfigLsp.Core.Schema.Patterns;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema.Keywords;

/// <summary>
/// <c>properties</c>, <c>patternProperties</c>, <c>additionalProperties</c> (2020-12 Core, section 10.3.2) and <c>required</c>, in one pass
/// over the properties of the instance.
/// </summary>
internal sealed class MembersKeyword : Keyword
{
    private const int StackWords = 8;

    private readonly PropertyTable _table;
    private readonly ImmutableArray<PatternEntry> _patterns;
    private readonly SchemaNode? _additional;
    private readonly int _requiredCount;

    public MembersKeyword(KeywordSite site, PropertyTable table, ImmutableArray<PatternEntry> patterns, SchemaNode? additional, int requiredCount)
        : base(site, InstanceTypes.Object)
    {
        _table = table;
        _patterns = patterns;
        _additional = additional;
        _requiredCount = requiredCount;
    }

    /// <inheritdoc />
    public override int Cost => 10;

    /// <inheritdoc />
    public override IEnumerable<SchemaEdge> Edges
    {
        get
        {
            foreach (var entry in _table.Entries)
            {
                if (entry.Schema is not null)
                {
                    yield return new SchemaEdge(entry.Schema, InPlace: false);
                }
            }

            foreach (var pattern in _patterns)
            {
                yield return new SchemaEdge(pattern.Schema, InPlace: false);
            }

            if (_additional is not null)
            {
                yield return new SchemaEdge(_additional, InPlace: false);
            }
        }
    }

    /// <summary>Where <c>required</c> is written.</summary>
    public KeywordSite RequiredSite { get; init; }

    /// <summary>Where <c>additionalProperties</c> is written.</summary>
    public KeywordSite AdditionalSite { get; init; }

    /// <summary>Whether all keys are alike, so that they need not be read: maps have many.</summary>
    private bool HasNoNames => _table.Entries.IsEmpty && _patterns.IsEmpty;

    /// <summary>Whether the schema, on its own, gives the key a meaning.</summary>
    public bool Knows(SyntaxNode property)
    {
        using var name = new BorrowedUtf8(property);
        return Knows(name.Span);
    }

    /// <summary>Whether the schema, on its own, gives the key a meaning.</summary>
    public bool Knows(ReadOnlySpan<byte> name) => _table.Find(name) is { Schema: not null } || MatchesPattern(name);

    /// <summary>The schemas for the value of a key.</summary>
    public List<SchemaNode> SchemasOf(ReadOnlySpan<byte> name)
    {
        var schemas = new List<SchemaNode>();
        if (_table.Find(name) is { Schema: { } schema })
        {
            schemas.Add(schema);
        }

        foreach (var pattern in _patterns)
        {
            if (pattern.Pattern.IsMatch(name))
            {
                schemas.Add(pattern.Schema);
            }
        }

        if (schemas.Count == 0 && _additional is not null)
        {
            schemas.Add(_additional);
        }

        return schemas;
    }

    /// <inheritdoc />
    public override bool IsValid(Evaluation evaluation, SyntaxNode instance)
    {
        if (!evaluation.TrySpend(instance.ChildCount + (_requiredCount >> 6)))
        {
            return true;
        }

        if (HasNoNames)
        {
            return _additional is null || evaluation.AllFit(_additional, instance);
        }

        var words = (_requiredCount + 63) >> 6;
        Span<ulong> seen = words <= StackWords ? stackalloc ulong[StackWords] : new ulong[words];
        var missing = _requiredCount;
        foreach (var property in instance.Children)
        {
            var isValid = property.HasEscapes
                ? IsEscapedMemberValid(evaluation, property, seen, ref missing)
                : IsMemberValid(evaluation, property, property.RawContent, seen, ref missing);
            if (!isValid)
            {
                return false;
            }
        }

        return missing == 0;
    }

    /// <inheritdoc />
    public override void Explain(Explanation explanation, SyntaxNode instance)
    {
        if (_requiredCount > 0)
        {
            ExplainMissing(explanation, instance);
        }

        if (HasNoNames && _additional is { Always: null } && explanation.MisfitsOf(_additional, instance) is { IsDefault: false } misfits)
        {
            foreach (var member in misfits)
            {
                if (explanation.HasMore)
                {
                    return;
                }

                explanation.ExplainProperty(_additional, instance.Tree.NodeAt(member));
            }

            return;
        }

        foreach (var property in instance.Children)
        {
            if (explanation.HasMore)
            {
                return;
            }

            ExplainMember(explanation, instance, property);
        }
    }

    private void ExplainMissing(Explanation explanation, SyntaxNode instance)
    {
        var seen = new ulong[(_requiredCount + 63) >> 6];
        foreach (var property in instance.Children)
        {
            var entry = _table.Find(property.GetUtf8());
            if (entry is { RequiredBit: >= 0 })
            {
                Mark(seen, entry.RequiredBit);
            }
        }

        foreach (var entry in _table.Entries)
        {
            if (explanation.HasMore)
            {
                return;
            }

            if (entry.RequiredBit >= 0 && (seen[entry.RequiredBit >> 6] & (1UL << (entry.RequiredBit & 63))) == 0)
            {
                MissingKeyReport.Add(explanation, RequiredSite, DiagnosticCatalog.MissingKey, instance, entry.Name, because: null);
            }
        }
    }

    /// <inheritdoc />
    public override void CollectEvaluated(Evaluation evaluation, SyntaxNode instance, EvaluatedSet evaluated)
    {
        var ordinal = 0;
        foreach (var property in instance.Children)
        {
            if (_additional is not null || Knows(property, evaluation))
            {
                evaluated.Add(ordinal);
            }

            ordinal++;
        }
    }

    /// <inheritdoc />
    public override KeywordSite? FindFailure(Evaluation evaluation, SyntaxNode instance)
    {
        foreach (var entry in _table.Entries)
        {
            if (entry.RequiredBit >= 0 && !instance.TryGetProperty(entry.Utf8, out _))
            {
                return RequiredSite;
            }
        }

        return null;
    }

    /// <inheritdoc />
    public override void Follow(SyntaxNode instance, Action<SchemaNode, SyntaxNode> visit)
    {
        foreach (var property in instance.Children)
        {
            foreach (var schema in SchemasOf(property.GetUtf8()))
            {
                visit(schema, property.Value);
            }
        }
    }

    private bool IsEscapedMemberValid(Evaluation evaluation, SyntaxNode property, Span<ulong> seen, ref int missing)
    {
        using var name = new BorrowedUtf8(property);
        return IsMemberValid(evaluation, property, name.Span, seen, ref missing);
    }

    private bool IsMemberValid(Evaluation evaluation, SyntaxNode property, ReadOnlySpan<byte> name, Span<ulong> seen, ref int missing)
    {
        var known = false;
        if (_table.Find(name) is { } entry)
        {
            if (entry.RequiredBit >= 0 && Mark(seen, entry.RequiredBit))
            {
                missing--;
            }

            if (entry.Schema is not null)
            {
                known = true;
                if (!evaluation.IsValid(entry.Schema, property.Value))
                {
                    return false;
                }
            }
        }

        foreach (var pattern in _patterns)
        {
            var unknowns = evaluation.Unknowns;
            if (pattern.Pattern.IsMatch(name, evaluation, property))
            {
                known = true;
                if (evaluation.Unknowns == unknowns && !evaluation.IsValid(pattern.Schema, property.Value))
                {
                    return false;
                }
            }
        }

        return known || _additional is null || evaluation.IsValid(_additional, property.Value);
    }

    private static bool Mark(Span<ulong> bits, int bit)
    {
        ref var word = ref bits[bit >> 6];
        var added = (word & (1UL << (bit & 63))) == 0;
        word |= 1UL << (bit & 63);
        return added;
    }

    private bool Knows(SyntaxNode property, Evaluation evaluation)
    {
        using var name = new BorrowedUtf8(property);
        if (_table.Find(name.Span) is { Schema: not null })
        {
            return true;
        }

        foreach (var pattern in _patterns)
        {
            if (pattern.Pattern.IsMatch(name.Span, evaluation, property))
            {
                return true;
            }
        }

        return false;
    }

    private bool MatchesPattern(ReadOnlySpan<byte> name)
    {
        foreach (var pattern in _patterns)
        {
            if (pattern.Pattern.IsMatch(name))
            {
                return true;
            }
        }

        return false;
    }

    private void ExplainMember(Explanation explanation, SyntaxNode instance, SyntaxNode property)
    {
        var known = false;
        if (!HasNoNames && _table.Find(property.GetUtf8()) is { Schema: { } schema })
        {
            known = true;
            explanation.ExplainProperty(schema, property);
        }

        foreach (var pattern in _patterns)
        {
            var unknowns = explanation.Evaluation.Unknowns;
            if (pattern.Pattern.IsMatch(property.GetUtf8(), explanation.Evaluation, property))
            {
                known = true;
                if (explanation.Evaluation.Unknowns == unknowns)
                {
                    explanation.ExplainProperty(pattern.Schema, property);
                }
            }
        }

        if (known || _additional is null)
        {
            return;
        }

        if (_additional.Always is false)
        {
            UnknownKeyReport.Add(explanation, AdditionalSite, instance, property);
        }
        else
        {
            explanation.ExplainProperty(_additional, property);
        }
    }

    public static void Compile(SchemaBuilder builder)
    {
        var schema = builder.Node;
        var entries = new List<PropertyEntry>();
        var byName = new Dictionary<string, int>(StringComparer.Ordinal);
        var propertiesSite = builder.Map("properties", (name, value) =>
        {
            var child = builder.Subschema(value);
            var entry = new PropertyEntry(Encoding.UTF8.GetBytes(name), name, child, -1);
            if (byName.TryGetValue(name, out var at))
            {
                entries[at] = entry;
                return;
            }

            byName[name] = entries.Count;
            entries.Add(entry);
        });
        var patterns = new List<PatternEntry>();
        var patternsSite = builder.Map("patternProperties", (name, value) =>
        {
            if (builder.Pattern(name, value) is { } pattern)
            {
                patterns.Add(new PatternEntry(pattern, builder.Subschema(value)));
            }
        });
        var additional = builder.TryGet("additionalProperties", out var additionalValue) ? builder.Subschema(additionalValue) : null;
        var requiredCount = ReadRequired(builder, entries, byName, out var requiredSite);
        schema.Properties = PropertiesOf(entries);
        schema.PatternProperties = patterns.Count == 0 ? [] : [.. patterns.Select(static p => new SchemaPatternProperty(p.Pattern.Text, p.Schema))];
        schema.AdditionalProperties = additional;
        if (entries.Count == 0 && patterns.Count == 0 && additional is null)
        {
            return;
        }

        var additionalSite = builder.Site("additionalProperties", additionalValue);
        builder.Add(new MembersKeyword(
            propertiesSite ?? requiredSite ?? patternsSite ?? additionalSite,
            new PropertyTable([.. entries]),
            [.. patterns],
            additional,
            requiredCount)
        {
            RequiredSite = requiredSite ?? default,
            AdditionalSite = additionalSite,
        });
    }

    private static ImmutableArray<SchemaProperty> PropertiesOf(List<PropertyEntry> entries)
    {
        var properties = ImmutableArray.CreateBuilder<SchemaProperty>(entries.Count);
        foreach (var entry in entries)
        {
            properties.Add(new SchemaProperty(entry.Name, entry.Schema, entry.RequiredBit >= 0));
        }

        return properties.MoveToImmutable();
    }

    private static int ReadRequired(SchemaBuilder builder, List<PropertyEntry> entries, Dictionary<string, int> byName, out KeywordSite? site)
    {
        site = null;

        // In draft-03, and in many settings schemas since, "required" was a flag of the property; that form says nothing here.
        if (!builder.TryGet("required", out var list) || list.Kind is SyntaxKind.True or SyntaxKind.False)
        {
            return 0;
        }

        if (list.Kind != SyntaxKind.Array)
        {
            builder.Malformed("required", list, "an array of strings");
            return 0;
        }

        site = builder.Site("required", list);
        var count = 0;
        foreach (var item in list.Children)
        {
            if (item.Kind != SyntaxKind.String)
            {
                continue;
            }

            var name = item.GetString();
            if (!byName.TryGetValue(name, out var at))
            {
                byName[name] = at = entries.Count;
                entries.Add(new PropertyEntry(Encoding.UTF8.GetBytes(name), name, Schema: null, -1));
            }

            if (entries[at].RequiredBit < 0)
            {
                entries[at] = entries[at] with { RequiredBit = count++ };
            }
        }

        return count;
    }
}

/// <summary>One pattern of <c>patternProperties</c>.</summary>
/// <param name="Pattern">The regular expression.</param>
/// <param name="Schema">The schema of the values whose keys match.</param>
internal readonly record struct PatternEntry(SchemaPattern Pattern, SchemaNode Schema);
