using System.Globalization;

namespace ConfigLsp.Core.Tests.Schema.Fuzzing;

/// <summary>
/// Random schemas over all keywords that assert, and random documents that they are likely to have an opinion about. References never lead
/// back to themselves for the same instance, since the meaning of that is left open by the specification.
/// </summary>
internal sealed class RandomSchema(Random random, OracleDraft draft)
{
    private const int DefinitionCount = 4;

    private static readonly string[] Keys = ["a", "b", "c", "ab", "d"];
    private static readonly string[] Patterns = ["^a", "b$", "c", "^[a-b]+$", "", "^(?!a)", "^(?:a|b){1,2}$"];
    private static readonly string[] Scalars = ["null", "true", "false", "0", "1", "1.0", "10e-1", "2", "-3", "2.5", "1e2", "\"\"", "\"a\"", "\"b\"", "\"ab\"", "\"abc\"", "\"\\u0061\""];
    private static readonly string[] Types = ["null", "boolean", "object", "array", "number", "integer", "string"];

    private string DefinitionsKeyword => draft >= OracleDraft.Draft201909 ? "$defs" : "definitions";

    /// <summary>The members <c>$schema</c> and definitions, without braces.</summary>
    public string Head()
    {
        var definitions = Enumerable.Range(0, DefinitionCount).Select(i => $"\"d{i}\":{Schema(2, i + 1)}");
        return $"\"$schema\":\"{Oracle.UriOf(draft)}\",\"{DefinitionsKeyword}\":{{{string.Join(',', definitions)}}}";
    }

    /// <summary>A schema that may refer to the definitions of <see cref="Head"/>.</summary>
    /// <param name="depth">How deep it is at most.</param>
    /// <param name="firstDefinition">The first definition that it may refer to for the same instance.</param>
    public string Schema(int depth, int firstDefinition = 0)
    {
        if (draft >= OracleDraft.Draft06 && random.Next(12) == 0)
        {
            return random.Next(3) == 0 ? "false" : "true";
        }

        var members = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var count = random.Next(1, depth > 2 ? 5 : 4); count > 0; count--)
        {
            var (name, value) = random.Next(depth > 0 ? 3 : 1) == 0 ? Assertion() : Applicator(depth - 1, firstDefinition);
            if (name.Length > 0)
            {
                members[name] = value;
            }
        }

        if (members.ContainsKey("if"))
        {
            members["then"] = Schema(depth - 1, firstDefinition);
            members["else"] = Schema(depth - 1, firstDefinition);
        }

        return "{" + string.Join(',', members.Select(static m => $"\"{m.Key}\":{m.Value}")) + "}";
    }

    /// <summary>A document.</summary>
    /// <param name="depth">How deep it is at most.</param>
    public string Value(int depth)
    {
        switch (depth > 0 ? random.Next(5) : 0)
        {
            case 1 or 2:
                return "{" + string.Join(',', Some(Keys).Select(k => $"\"{k}\":{Value(depth - 1)}")) + "}";
            case 3 or 4:
                return "[" + string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => Value(depth - 1))) + "]";
            default:
                return Pick(Scalars);
        }
    }

    private (string Name, string Value) Assertion()
    {
        var number = random.Next(0, 4).ToString(CultureInfo.InvariantCulture);
        return random.Next(20) switch
        {
            0 or 1 => ("type", random.Next(3) == 0 ? $"[\"{Pick(Types)}\",\"{Types[random.Next(3)]}\"]" : $"\"{Pick(Types)}\""),
            2 => ("enum", $"[{string.Join(',', Enumerable.Range(0, random.Next(1, 12)).Select(_ => Value(1)))}]"),
            3 when draft >= OracleDraft.Draft06 => ("const", Value(2)),
            4 => ("minimum", number),
            5 => ("maximum", number),
            6 => ("exclusiveMinimum", draft == OracleDraft.Draft04 ? "true" : number),
            7 => ("exclusiveMaximum", draft == OracleDraft.Draft04 ? "true" : number),
            8 => ("multipleOf", random.Next(2) == 0 ? "0.5" : "2"),
            9 => ("minLength", number),
            10 => ("maxLength", number),
            11 => ("pattern", $"\"{Pick(Patterns)}\""),
            12 => ("minItems", number),
            13 => ("maxItems", number),
            14 => ("uniqueItems", random.Next(4) == 0 ? "false" : "true"),
            15 => ("minProperties", number),
            16 => ("maxProperties", number),
            17 or 18 => ("required", Names()),
            19 when draft >= OracleDraft.Draft201909 => ("dependentRequired", $"{{\"{Pick(Keys)}\":{Names()}}}"),
            _ => (string.Empty, string.Empty),
        };
    }

    private (string Name, string Value) Applicator(int depth, int firstDefinition)
    {
        var isNew = draft >= OracleDraft.Draft201909;
        switch (random.Next(19))
        {
            case 0 or 1:
                return ("properties", Map(Keys, depth));
            case 2:
                return ("patternProperties", Map(Patterns, depth));
            case 3:
                return ("additionalProperties", Schema(depth));
            case 4 when draft >= OracleDraft.Draft06:
                return ("propertyNames", Schema(depth));
            case 5:
                return ("items", draft < OracleDraft.Draft202012 && random.Next(2) == 0 ? List(depth, DefinitionCount, inPlace: false) : Schema(depth));
            case 6:
                return draft == OracleDraft.Draft202012 ? ("prefixItems", List(depth, 0, inPlace: false)) : ("additionalItems", Schema(depth));
            case 7 when draft >= OracleDraft.Draft06:
                return ("contains", Schema(depth));
            case 8 when isNew:
                return (random.Next(2) == 0 ? "minContains" : "maxContains", random.Next(3).ToString(CultureInfo.InvariantCulture));
            case 9:
                return ("allOf", List(depth, firstDefinition, inPlace: true));
            case 10:
                return ("anyOf", List(depth, firstDefinition, inPlace: true));
            case 11:
                return ("oneOf", List(depth, firstDefinition, inPlace: true));
            case 12:
                return ("not", Schema(depth, firstDefinition));
            case 13 when draft >= OracleDraft.Draft07:
                return ("if", Schema(depth, firstDefinition));
            case 14 or 15 when firstDefinition < DefinitionCount:
                return ("$ref", $"\"#/{DefinitionsKeyword}/d{random.Next(firstDefinition, DefinitionCount)}\"");
            case 16 when isNew:
                return ("unevaluatedProperties", Schema(random.Next(2) == 0 ? 0 : depth));
            case 17 when isNew:
                return ("unevaluatedItems", Schema(random.Next(2) == 0 ? 0 : depth));
            case 18:
                return isNew
                    ? ("dependentSchemas", $"{{\"{Pick(Keys)}\":{Schema(depth, firstDefinition)}}}")
                    : ("dependencies", $"{{\"{Pick(Keys)}\":{(random.Next(2) == 0 ? Names() : Schema(depth, firstDefinition))}}}");
            default:
                return (string.Empty, string.Empty);
        }
    }

    private string Map(string[] names, int depth) => "{" + string.Join(',', Some(names).Select(n => $"\"{n}\":{Schema(depth)}")) + "}";

    private string List(int depth, int firstDefinition, bool inPlace) =>
        "[" + string.Join(',', Enumerable.Range(0, random.Next(1, inPlace ? 5 : 4)).Select(_ => Schema(depth, inPlace ? firstDefinition : 0))) + "]";

    private string Names() => random.Next(8) == 0 && draft > OracleDraft.Draft04 ? "[]" : $"[{string.Join(',', Some(Keys).DefaultIfEmpty("a").Select(static k => $"\"{k}\""))}]";

    private string[] Some(string[] from) => [.. from.Where(_ => random.Next(2) == 0)];

    private string Pick(string[] from) => from[random.Next(from.Length)];
}
