using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ConfigLsp.Core.Tests.Schema.Fuzzing;

/// <summary>
/// JSON Schema as the specifications put it and nothing else: it remembers nothing, orders nothing, and takes System.Text.Json, decimals and
/// .NET's regular expressions for its work. Slow, and independent of the engine that it is compared with.
/// </summary>
internal sealed class Oracle(OracleDraft draft, JsonElement root)
{
    public static string UriOf(OracleDraft draft) => draft switch
    {
        OracleDraft.Draft04 => "http://json-schema.org/draft-04/schema#",
        OracleDraft.Draft06 => "http://json-schema.org/draft-06/schema#",
        OracleDraft.Draft07 => "http://json-schema.org/draft-07/schema#",
        OracleDraft.Draft201909 => "https://json-schema.org/draft/2019-09/schema",
        _ => "https://json-schema.org/draft/2020-12/schema",
    };

    public bool IsValid(JsonElement instance) => Evaluate(root, instance).IsValid;

    private Outcome Evaluate(JsonElement schema, JsonElement instance)
    {
        if (schema.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return new Outcome { IsValid = schema.ValueKind == JsonValueKind.True };
        }

        if (draft < OracleDraft.Draft201909 && schema.TryGetProperty("$ref", out var only))
        {
            return Evaluate(Resolve(only), instance);
        }

        var outcome = new Outcome { IsValid = true };
        outcome.Demand(Assertions(schema, instance));
        InPlace(schema, instance, outcome);
        switch (instance.ValueKind)
        {
            case JsonValueKind.Object:
                Members(schema, instance, outcome);
                break;
            case JsonValueKind.Array:
                Items(schema, instance, outcome);
                break;
        }

        return outcome;
    }

    private JsonElement Resolve(JsonElement reference)
    {
        var at = root;
        foreach (var segment in reference.GetString()!.Split('/').Skip(1))
        {
            at = at.GetProperty(segment);
        }

        return at;
    }

    private void InPlace(JsonElement schema, JsonElement instance, Outcome outcome)
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            outcome.Demand(Evaluate(Resolve(reference), instance));
        }

        if (schema.TryGetProperty("allOf", out var all))
        {
            foreach (var part in all.EnumerateArray())
            {
                outcome.Demand(Evaluate(part, instance));
            }
        }

        foreach (var keyword in (string[])["anyOf", "oneOf"])
        {
            if (schema.TryGetProperty(keyword, out var branches))
            {
                var fitting = branches.EnumerateArray().Select(b => Evaluate(b, instance)).Where(static o => o.IsValid).ToArray();
                outcome.Demand(keyword == "oneOf" ? fitting.Length == 1 : fitting.Length > 0);
                Array.ForEach(fitting, outcome.Take);
            }
        }

        if (schema.TryGetProperty("not", out var not))
        {
            outcome.Demand(!Evaluate(not, instance).IsValid);
        }

        if (draft >= OracleDraft.Draft07 && schema.TryGetProperty("if", out var condition))
        {
            var holds = Evaluate(condition, instance);
            outcome.Take(holds);
            if (schema.TryGetProperty(holds.IsValid ? "then" : "else", out var branch))
            {
                outcome.Demand(Evaluate(branch, instance));
            }
        }

        Dependencies(schema, instance, outcome);
    }

    private void Dependencies(JsonElement schema, JsonElement instance, Outcome outcome)
    {
        if (instance.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (var keyword in (string[])["dependencies", "dependentRequired", "dependentSchemas"])
        {
            if (!schema.TryGetProperty(keyword, out var map))
            {
                continue;
            }

            foreach (var entry in map.EnumerateObject().Where(e => instance.TryGetProperty(e.Name, out _)))
            {
                if (entry.Value.ValueKind == JsonValueKind.Array)
                {
                    outcome.Demand(entry.Value.EnumerateArray().All(n => instance.TryGetProperty(n.GetString()!, out _)));
                }
                else
                {
                    outcome.Demand(Evaluate(entry.Value, instance));
                }
            }
        }
    }

    private void Members(JsonElement schema, JsonElement instance, Outcome outcome)
    {
        foreach (var member in instance.EnumerateObject())
        {
            var isKnown = false;
            if (schema.TryGetProperty("properties", out var properties) && properties.TryGetProperty(member.Name, out var own))
            {
                isKnown = true;
                outcome.Demand(Evaluate(own, member.Value).IsValid);
            }

            if (schema.TryGetProperty("patternProperties", out var patterns))
            {
                foreach (var pattern in patterns.EnumerateObject().Where(p => Matches(p.Name, member.Name)))
                {
                    isKnown = true;
                    outcome.Demand(Evaluate(pattern.Value, member.Value).IsValid);
                }
            }

            if (!isKnown && schema.TryGetProperty("additionalProperties", out var additional))
            {
                isKnown = true;
                outcome.Demand(Evaluate(additional, member.Value).IsValid);
            }

            if (isKnown)
            {
                outcome.Properties.Add(member.Name);
            }

            if (draft >= OracleDraft.Draft06 && schema.TryGetProperty("propertyNames", out var names))
            {
                using var name = JsonDocument.Parse(JsonSerializer.Serialize(member.Name));
                outcome.Demand(Evaluate(names, name.RootElement).IsValid);
            }
        }

        if (draft >= OracleDraft.Draft201909 && schema.TryGetProperty("unevaluatedProperties", out var rest))
        {
            foreach (var member in instance.EnumerateObject().Where(m => !outcome.Properties.Contains(m.Name)).ToArray())
            {
                outcome.Demand(Evaluate(rest, member.Value).IsValid);
                outcome.Properties.Add(member.Name);
            }
        }
    }

    private void Items(JsonElement schema, JsonElement instance, Outcome outcome)
    {
        var items = instance.EnumerateArray().ToArray();
        var hasItems = schema.TryGetProperty("items", out var each);
        JsonElement prefix;
        var (hasPrefix, hasRest) = draft == OracleDraft.Draft202012
            ? (schema.TryGetProperty("prefixItems", out prefix), hasItems)
            : hasItems && each.ValueKind == JsonValueKind.Array
                ? (schema.TryGetProperty("items", out prefix), schema.TryGetProperty("additionalItems", out each))
                : (default(JsonElement) is var none && (prefix = none).ValueKind != JsonValueKind.Undefined, hasItems);
        var first = hasPrefix ? prefix.GetArrayLength() : 0;
        for (var i = 0; i < items.Length; i++)
        {
            if (i < first || hasRest)
            {
                outcome.Demand(Evaluate(i < first ? prefix[i] : each, items[i]).IsValid);
                outcome.Items.Add(i);
            }
        }

        if (draft >= OracleDraft.Draft06 && schema.TryGetProperty("contains", out var contains))
        {
            var fitting = Enumerable.Range(0, items.Length).Where(i => Evaluate(contains, items[i]).IsValid).ToArray();
            var isNew = draft >= OracleDraft.Draft201909;
            outcome.Demand(fitting.Length >= (isNew && schema.TryGetProperty("minContains", out var least) ? least.GetInt32() : 1));
            outcome.Demand(!isNew || !schema.TryGetProperty("maxContains", out var most) || fitting.Length <= most.GetInt32());
            if (draft == OracleDraft.Draft202012)
            {
                outcome.Items.UnionWith(fitting);
            }
        }

        if (draft >= OracleDraft.Draft201909 && schema.TryGetProperty("unevaluatedItems", out var unevaluated))
        {
            for (var i = 0; i < items.Length; i++)
            {
                outcome.Demand(outcome.Items.Contains(i) || Evaluate(unevaluated, items[i]).IsValid);
            }

            outcome.Items.UnionWith(Enumerable.Range(0, items.Length));
        }
    }

    private bool Assertions(JsonElement schema, JsonElement instance)
    {
        foreach (var keyword in schema.EnumerateObject())
        {
            if (!Assertion(schema, keyword.Name, keyword.Value, instance))
            {
                return false;
            }
        }

        return true;
    }

    private bool Assertion(JsonElement schema, string keyword, JsonElement value, JsonElement instance)
    {
        var isExclusive = draft == OracleDraft.Draft04 && (keyword is "minimum" or "maximum")
            && schema.TryGetProperty(keyword == "minimum" ? "exclusiveMinimum" : "exclusiveMaximum", out var flag) && flag.ValueKind == JsonValueKind.True;
        return (keyword, instance.ValueKind) switch
        {
            ("type", _) => value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Any(t => HasType(t, instance)) : HasType(value, instance),
            ("enum", _) => value.EnumerateArray().Any(v => Canonical(v) == Canonical(instance)),
            ("const", _) => draft == OracleDraft.Draft04 || Canonical(value) == Canonical(instance),
            ("minimum", JsonValueKind.Number) => isExclusive ? instance.GetDecimal() > value.GetDecimal() : instance.GetDecimal() >= value.GetDecimal(),
            ("maximum", JsonValueKind.Number) => isExclusive ? instance.GetDecimal() < value.GetDecimal() : instance.GetDecimal() <= value.GetDecimal(),
            ("exclusiveMinimum", JsonValueKind.Number) => draft == OracleDraft.Draft04 || instance.GetDecimal() > value.GetDecimal(),
            ("exclusiveMaximum", JsonValueKind.Number) => draft == OracleDraft.Draft04 || instance.GetDecimal() < value.GetDecimal(),
            ("multipleOf", JsonValueKind.Number) => instance.GetDecimal() % value.GetDecimal() == 0,
            ("minLength", JsonValueKind.String) => instance.GetString()!.EnumerateRunes().Count() >= value.GetInt32(),
            ("maxLength", JsonValueKind.String) => instance.GetString()!.EnumerateRunes().Count() <= value.GetInt32(),
            ("pattern", JsonValueKind.String) => Matches(value.GetString()!, instance.GetString()!),
            ("minItems", JsonValueKind.Array) => instance.GetArrayLength() >= value.GetInt32(),
            ("maxItems", JsonValueKind.Array) => instance.GetArrayLength() <= value.GetInt32(),
            ("uniqueItems", JsonValueKind.Array) => !value.GetBoolean() || instance.EnumerateArray().Select(Canonical).Distinct(StringComparer.Ordinal).Count() == instance.GetArrayLength(),
            ("minProperties", JsonValueKind.Object) => instance.EnumerateObject().Count() >= value.GetInt32(),
            ("maxProperties", JsonValueKind.Object) => instance.EnumerateObject().Count() <= value.GetInt32(),
            ("required", JsonValueKind.Object) => value.EnumerateArray().All(n => instance.TryGetProperty(n.GetString()!, out _)),
            _ => true,
        };
    }

    private bool HasType(JsonElement type, JsonElement instance) => (type.GetString(), instance.ValueKind) switch
    {
        ("null", JsonValueKind.Null) or ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) => true,
        ("string", JsonValueKind.String) or ("number", JsonValueKind.Number) or ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
        ("integer", JsonValueKind.Number) => draft == OracleDraft.Draft04
            ? !instance.GetRawText().AsSpan().ContainsAny('.', 'e', 'E')
            : decimal.IsInteger(instance.GetDecimal()),
        _ => false,
    };

    private static bool Matches(string pattern, string text) => Regex.IsMatch(text, pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(10));

    /// <summary>A text that two values share exactly when they are equal.</summary>
    private static string Canonical(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => (value.GetDecimal() / 1.000000000000000000000000000000000m).ToString(CultureInfo.InvariantCulture),
        JsonValueKind.Array => new StringBuilder("[").AppendJoin(',', value.EnumerateArray().Select(Canonical)).Append(']').ToString(),
        JsonValueKind.Object => new StringBuilder("{").AppendJoin(
            ',', value.EnumerateObject().OrderBy(static m => m.Name, StringComparer.Ordinal).Select(static m => JsonSerializer.Serialize(m.Name) + Canonical(m.Value))).Append('}').ToString(),
        JsonValueKind.String => JsonSerializer.Serialize(value.GetString()),
        _ => value.GetRawText(),
    };

    /// <summary>A verdict, with what was looked at for <c>unevaluated*</c>.</summary>
    private sealed class Outcome
    {
        public bool IsValid { get; set; }

        public HashSet<string> Properties { get; } = new(StringComparer.Ordinal);

        public HashSet<int> Items { get; } = [];

        public void Demand(bool holds) => IsValid &= holds;

        public void Demand(Outcome part)
        {
            IsValid &= part.IsValid;
            Take(part);
        }

        /// <summary>Only what succeeds says what it looked at.</summary>
        public void Take(Outcome part)
        {
            if (part.IsValid)
            {
                Properties.UnionWith(part.Properties);
                Items.UnionWith(part.Items);
            }
        }
    }
}
