using ConfigLsp.Core.Diagnostics;
using static ConfigLsp.Core.Tests.Schema.Hostile.HostileCase;

namespace ConfigLsp.Core.Tests.Schema.Hostile;

/// <summary>The cases, by name. Texts are made when a case runs.</summary>
internal static class HostileCases
{
    private const string Draft2020 = "\"$schema\":\"https://json-schema.org/draft/2020-12/schema\"";
    private const int Deep = 100_000;

    public static IReadOnlyDictionary<string, Func<HostileCase>> All { get; } = new Dictionary<string, Func<HostileCase>>(StringComparer.Ordinal)
    {
        // Many ways through one schema.
        ["references that double thirty times"] = static () => new(Doubling("allOf", 30, "{\"type\":\"integer\"}"), "\"x\"", IsValid: false),
        ["alternatives that double thirty times"] = static () => new(Doubling("anyOf", 30, "{\"type\":\"integer\"}"), "\"x\"", IsValid: false),
        ["exclusive alternatives that double thirty times"] = static () => new(Doubling("oneOf", 30, "{\"type\":\"integer\"}"), "1", IsValid: false),
        ["doubling references below unevaluatedProperties"] = static () => new(
            Doubling("allOf", 30, "{\"properties\":{\"a\":true}}", "\"unevaluatedProperties\":false,"), """{"a": 1, "b": 2}""", IsValid: false),
        ["doubling references below unevaluatedItems"] = static () => new(
            Doubling("anyOf", 30, "{\"prefixItems\":[true]}", "\"unevaluatedItems\":false,"), "[1, 2]", IsValid: false),
        ["conditions that double thirty times"] = static () => new(
            $"{{{Draft2020},\"$ref\":\"#/$defs/d0\",\"$defs\":{{{Repeat(30, static i => $"\"d{i}\":{{\"if\":{{\"$ref\":\"#/$defs/d{i + 1}\"}},\"then\":{{\"$ref\":\"#/$defs/d{i + 1}\"}},\"else\":false}}")},\"d30\":{{\"type\":\"integer\"}}}}}}",
            "\"x\"",
            IsValid: false),
        ["mutual references with unevaluatedProperties at each"] = static () => new(
            $$"""{{{Draft2020}},"$ref":"#/$defs/a","$defs":{"a":{"properties":{"x":{"$ref":"#/$defs/b" } },"anyOf":[{"$ref":"#/$defs/c"},{"properties":{"y":true } }],"unevaluatedProperties":false},"b":{"properties":{"x":{"$ref":"#/$defs/a" } },"allOf":[{"$ref":"#/$defs/c"}],"unevaluatedProperties":false},"c":{"properties":{"y":{"$ref":"#/$defs/a" } } } } }""",
            Repeat(300, "{\"x\":{\"y\":") + "{\"z\":1}" + Repeat(300, "}}"),
            IsValid: false),
        ["items and contains that both recurse"] = static () => new(
            $$"""{{{Draft2020}},"items":{"$ref":"#"},"contains":{"$ref":"#"},"type":"array"}""", Repeat(400, "[") + "1" + Repeat(400, "]"), IsValid: false),
        ["recursive anyOf at depth 12"] = static () => new(
            """{"definitions":{"n":{"anyOf":[{"properties":{"a":{"$ref":"#/definitions/n"},"b":{"const":1}}},{"properties":{"a":{"$ref":"#/definitions/n"},"b":{"const":2}}},{"properties":{"a":{"$ref":"#/definitions/n"},"b":{"const":3}}}],"type":"object"}},"$ref":"#/definitions/n"}""",
            Repeat(12, "{\"b\":2,\"a\":") + "{\"b\":4}" + Repeat(12, "}"),
            IsValid: false),
        ["oneOf in oneOf in oneOf"] = static () => new(Nested("oneOf", width: 6, depth: 6), """{"p0": 1, "p1": 2}""", IsValid: false),
        ["thousand branches without a discriminator"] = static () => new(
            $$"""{"items":{"oneOf":[{{Repeat(1000, static i => $$"""{"required":["k{{i}}"],"properties":{"k{{i}}":{"type":"integer" } } }""")}}] } }""",
            $"[{Repeat(200, static i => $"{{\"k{i}\":\"x\",\"other\":1}}")}]",
            IsValid: false),
        ["branches that each refer to many keys"] = static () => new(
            $$"""{"definitions":{"base":{"properties":{{{Repeat(5000, static i => $"\"key{i}\":{{\"const\":{i}}}")}} } } },"oneOf":[{{Repeat(1000, static i => $$"""{"allOf":[{"$ref":"#/definitions/base"}],"required":["r{{i}}"]}""")}}]}""",
            """{"key1": 2, "r1": 1}""",
            IsValid: false),
        ["facts of a branch behind a wide tree of allOf"] = static () => new(
            $$"""{"definitions":{{{Repeat(9, static i => $$"""    "d{{i}}":{"allOf":[{{Repeat(20, _ => $"{{\"$ref\":\"#/definitions/d{i + 1}\"}}")}}]}""")}},"d9":{"type":"object","required":["z"] } },"anyOf":[{"$ref":"#/definitions/d0"},{"$ref":"#/definitions/d1"}]}""",
            "{}",
            IsValid: false),

        // Dynamic references.
        ["dynamic references through many resources"] = static () => new(
            $$"""{{{Draft2020}},"$id":"https://example.com/r","$dynamicAnchor":"n","allOf":[{{Repeat(40, static i => $"{{\"$ref\":\"r{i}\"}}")}}],"$defs":{{{Repeat(40, static i => $$""" "{{i}}":{"$id":"r{{i}}","$dynamicAnchor":"n","items":{"allOf":[{"$dynamicRef":"#n"},{{Repeat(40, static k => $"{{\"$ref\":\"r{k}\"}}")}}]},"type":"array"}""")}} } }""",
            Repeat(20, "[") + "1" + Repeat(20, "]"),
            IsValid: false,
            DiagnosticCatalog.ValidationIncomplete),
        ["a dynamic reference to itself"] = static () => new(
            $$"""{{{Draft2020}},"$id":"https://example.com/a","$dynamicAnchor":"a","anyOf":[{"$dynamicRef":"#a"},{"$dynamicRef":"#a"}],"$defs":{"other":{"$id":"b","$dynamicAnchor":"a"} } }""",
            "1", IsValid: true,
            DiagnosticCatalog.NestedTooDeeply),
        ["thousands of dynamic references to thousands of anchors"] = static () => new(
            $$"""{{{Draft2020}},"$dynamicAnchor":"a","$id":"https://example.com/","$defs":{{{Repeat(3000, static i => $"\"{i}\":{{\"$id\":\"s{i}\",\"$dynamicAnchor\":\"a\",\"items\":{{\"$dynamicRef\":\"#a\"}}}}")}} },"items":{"allOf":[{{Repeat(3000, static _ => "{\"$dynamicRef\":\"#a\"}")}}] } }""",
            "[[1]]",
            IsValid: true),

        // Large schemas.
        ["many properties"] = static () => new(
            $$"""{"properties":{{{Repeat(30_000, static i => $"\"p{i}\":{{\"type\":\"integer\"}}")}} },"additionalProperties":false}""",
            $"{{{Repeat(2000, static i => $"\"q{i}\":1")},\"p7\":\"x\"}}",
            IsValid: false),
        ["a hundred thousand missing keys, many times"] = static () => new(
            $"{{\"items\":{{\"required\":[{Repeat(Deep, static i => $"\"r{i}\"")}]}}}}", $"[{Repeat(2000, static _ => "{}")}]", IsValid: false),
        ["fifty thousand allowed values"] = static () => new(
            $"{{\"items\":{{\"enum\":[{Repeat(50_000, static i => $"\"value{i}\"")}]}}}}", $"[{Repeat(1000, static i => $"\"valeu{i}\"")}]", IsValid: false),
        ["fifty thousand allowed names"] = static () => new(
            $"{{\"propertyNames\":{{\"enum\":[{Repeat(50_000, static i => $"\"value{i}\"")}]}}}}",
            $"{{{Repeat(20_000, static i => $"\"value{i}\":1")}}}",
            IsValid: true,
            DiagnosticCatalog.ValidationIncomplete),
        ["alternatives of many listed values"] = static () => new(
            $"{{\"anyOf\":[{Repeat(200, static i => $"{{\"enum\":[{Repeat(250, k => $"\"v{(i * 250) + k}\"")}]}}")}]}}", "\"none\"", IsValid: false),
        ["five thousand patterns and many keys"] = static () => new(
            $$"""{"patternProperties":{{{Repeat(5000, static i => $"\"^x{i}[a-z]*$\":{{\"type\":\"integer\"}}")}} } }""",
            $"{{{Repeat(20_000, static i => $"\"y{i}\":1")}}}",
            IsValid: true,
            DiagnosticCatalog.ValidationIncomplete),
        ["many dependencies and many keys"] = static () => new(
            $$"""{"dependencies":{{{Repeat(20_000, static i => $"\"k{i}\":[\"k0\",\"k1\"]")}} } }""",
            $"{{{Repeat(20_000, static i => $"\"k{i}\":1")}}}",
            IsValid: true,
            DiagnosticCatalog.ValidationIncomplete),
        ["a million definitions"] = static () => new(
            $$"""{"definitions":{{{Repeat(1_000_000, static i => $"\"{i}\":{{}}")}} },"$ref":"#/definitions/999999"}""", "1", IsValid: true),
        ["a hundred thousand references into a hundred thousand definitions"] = static () => new(
            $$"""{"definitions":{{{Repeat(Deep, static i => $"\"{i}\":{{}}")}} },"allOf":[{{Repeat(Deep, static i => $"{{\"$ref\":\"#/definitions/{i}\"}}")}}]}""", "1", IsValid: true),
        ["more parts than are read"] = static () => new(
            $"{{\"items\":[{Repeat(1_100_000, static _ => "{}")}]}}", "[1]", IsValid: true, DiagnosticCatalog.MalformedSchema),
        ["a chain of a hundred thousand references"] = static () => new(
            $$"""{"definitions":{{{Repeat(Deep, static i => $"\"{i}\":{{\"$ref\":\"#/definitions/{i + 1}\"}}")}},"{{Deep}}":{"type":"string" } },"$ref":"#/definitions/0"}""",
            "1",
            IsValid: true,
            DiagnosticCatalog.NestedTooDeeply),
        ["a schema nested a hundred thousand deep"] = static () => new(
            Repeat(Deep, "{\"items\":") + "{\"type\":\"string\"}" + Repeat(Deep, "}"),
            Repeat(Deep, "[") + "1" + Repeat(Deep, "]"),
            IsValid: true,
            DiagnosticCatalog.NestedTooDeeply),
        ["negations nested a hundred thousand deep"] = static () => new(
            Repeat(Deep, "{\"not\":") + "{\"type\":\"string\"}" + Repeat(Deep, "}"), "1", IsValid: true, DiagnosticCatalog.NestedTooDeeply),
        ["nested identifiers that add up"] = static () => new(
            $"{{{Draft2020},\"$id\":\"https://example.com/\",\"items\":" + Repeat(20_000, "{\"$id\":\"segment/\",\"items\":") + "{}" + Repeat(20_000, "}") + "}",
            "[[1]]",
            IsValid: true,
            DiagnosticCatalog.MalformedSchema),
        ["one identifier many times"] = static () => new(
            $$"""{{{Draft2020}},"$defs":{{{Repeat(50_000, static i => $"\"{i}\":{{\"$id\":\"https://example.com/same\",\"$anchor\":\"a\",\"const\":{i}}}")}} },"$ref":"https://example.com/same#a"}""",
            "-1",
            IsValid: false),
        ["twenty thousand documents that are missing"] = static () => new(
            $"{{\"allOf\":[{Repeat(20_000, static i => $"{{\"$ref\":\"https://example.com/m{i}\"}}")}]}}", "1", IsValid: true),

        // Patterns.
        ["repetition of repetition"] = static () => new("""{"pattern":"^(a{1,60000}){1,60000}$"}""", $"\"{Repeat(50_000, "a")}b\"", IsValid: true, DiagnosticCatalog.PatternTooSlow),
        ["repetition of nothing"] = static () => new("""{"pattern":"^(?:(?:){999999}){999999}a$"}""", "\"b\"", IsValid: false),
        ["seven thousand alternatives"] = static () => new($"{{\"pattern\":\"^({Repeat(7_000, static i => $"w{i}", "|")})$\"}}", "\"w6998x\"", IsValid: false),
        ["a class for all Unicode many times"] = static () => new(
            $"{{\"pattern\":\"{Repeat(9000, "\\\\P{L}")}\"}}", "\"x\"", IsValid: true, DiagnosticCatalog.InvalidPattern),
        ["groups nested ten thousand deep"] = static () => new(
            $"{{\"pattern\":\"{Repeat(10_000, "(")}a{Repeat(10_000, ")")}\"}}", "\"x\"", IsValid: true, DiagnosticCatalog.InvalidPattern),
        ["group names without an end"] = static () => new($"{{\"pattern\":\"{Repeat(16_000, "(?<")}\"}}", "\"x\"", IsValid: true, DiagnosticCatalog.InvalidPattern),
        ["a pattern of a megabyte"] = static () => new($"{{\"pattern\":\"{Repeat(1_000_000, "a")}\"}}", "\"x\"", IsValid: true, DiagnosticCatalog.InvalidPattern),
        ["many large patterns"] = static () => new(
            $$"""{"patternProperties":{{{Repeat(3000, static i => $"\"^{i}(a{{4000}})\":{{}}")}} } }""", "{\"x\": 1}", IsValid: true, DiagnosticCatalog.InvalidPattern),
        ["states times characters"] = static () => new("""{"pattern":"(a?){1500}a{1500}b"}""", $"\"{Repeat(1_000_000, "a")}\"", IsValid: true, DiagnosticCatalog.PatternTooSlow),
        ["backtracking on many texts"] = static () => new(
            $"{{\"allOf\":[{Repeat(200, static i => $"{{\"items\":{{\"pattern\":\"^(?=a)(a+)+{i}$\"}}}}")}]}}",
            $"[{Repeat(200, static i => $"\"{Repeat(40, "a")}{i}!\"")}]",
            IsValid: true,
            DiagnosticCatalog.PatternTooSlow),
        ["backtracking for many keys"] = static () => new(
            """{"patternProperties":{"^(?!x)(a|aa)+$":{"type":"string"}},"additionalProperties":false}""",
            $"{{{Repeat(1000, static i => $"\"{Repeat(60, "a")}{i}\":1")}}}",
            IsValid: true,
            DiagnosticCatalog.PatternTooSlow),

        // Values.
        ["enormous exponents"] = static () => new(
            """{"items":{"maximum":1e999999998,"multipleOf":1e-999999999}}""", "[1, 1e999999998, 1e999999999999999999999, -1e-99999999999999]", IsValid: false),
        ["numbers of a million digits"] = static () => new(
            $"{{\"items\":{{\"maximum\":{Repeat(1_000_000, "9")},\"multipleOf\":1{Repeat(500, "3")}}}}}", $"[{Repeat(1_000_001, "9")}, {Repeat(1_000_000, "9")}]", IsValid: false),
        ["a step of a million digits"] = static () => new(
            $"{{\"multipleOf\":{Repeat(1_000_000, "3")}}}", Repeat(1_000_000, "7"), IsValid: true, DiagnosticCatalog.MalformedSchema),
        ["equal numbers written differently"] = static () => new("""{"uniqueItems":true}""", $"[{Repeat(3000, static i => $"{i}.5")}, 10e-1, 2, 3, 1.0]", IsValid: false),
        ["items that are deep and equal"] = static () => new(
            """{"uniqueItems":true}""", $"[{Repeat(40, static i => Repeat(20_000, "[") + i + Repeat(20_000, "]"))}, {Repeat(20_000, "[") + "1.0e1" + Repeat(20_000, "]")}]", IsValid: false),
        ["a hundred thousand items that differ at their end"] = static () => new(
            """{"uniqueItems":true}""", $"[{Repeat(Deep, static i => $"{{\"a\":[1,2,3],\"b\":{i}}}")}]", IsValid: true),
        ["large constants in many schemas"] = static () => new(
            $"{{\"allOf\":[{Repeat(300, static i => $"{{\"not\":{{\"const\":{{{Repeat(500, k => $"\"k{k}\":{k}")},\"x\":{i}}}}}}}")}]}}",
            $"{{{Repeat(500, static i => $"\"k{i}\":{i}")},\"x\":-1}}",
            IsValid: true),
        ["a key of a megabyte around a thousand findings"] = static () => new(
            """{"additionalProperties":{"items":{"type":"string"}}}""", $"{{\"{Repeat(1_000_000, "k")}\":[{Repeat(1000, static i => $"{i}")}]}}", IsValid: false),
        ["values of ten megabytes in messages"] = static () => new(
            """{"items":{"maxLength":5,"enum":["a","b"],"pattern":"^[a-z]{1,3}$","format":"email"}}""", $"[\"{Repeat(10_000_000, "v")}\", \"{Repeat(1_000_000, "\\n")}\"]", IsValid: false),
        ["half surrogate pairs in names and values"] = static () => new(
            """{"properties":{"\ud800":{"const":"\udc00"}},"additionalProperties":false}""", """{"\ud800":"\udc01","\udfff":1,"\ud83d\ude00":2}""", IsValid: false),
        ["secrets behind many schemas"] = static () => new(
            $$"""{"allOf":[{{Repeat(3000, static i => $$"""{"items":{"properties":{"p{{i}}":{"writeOnly":true,"type":"string" } } } }""")}}]}""",
            $"[{Repeat(2000, static i => $"{{\"p{i}\":{i}}}")}]",
            IsValid: false),
        ["contains in contains"] = static () => new(
            Repeat(40, "{\"contains\":{\"type\":\"array\",\"maxItems\":9},\"items\":") + "{\"type\":\"string\"}" + Repeat(40, "}"),
            Repeat(40, "[[],") + "1" + Repeat(40, "]"),
            IsValid: false),
        ["many schemas for each of many items"] = static () => new(
            $"{{\"allOf\":[{Repeat(3000, static i => $"{{\"items\":{{\"not\":{{\"const\":-{i + 1}}}}}}}")}]}}",
            $"[{Repeat(20_000, static i => $"{i}")}]",
            IsValid: true,
            DiagnosticCatalog.ValidationIncomplete),
    };

    private static string Doubling(string keyword, int times, string last, string extra = "") =>
        $"{{{Draft2020},{extra}\"$ref\":\"#/$defs/d0\",\"$defs\":{{{Repeat(times, i => $"\"d{i}\":{{\"{keyword}\":[{{\"$ref\":\"#/$defs/d{i + 1}\"}},{{\"$ref\":\"#/$defs/d{i + 1}\"}}]}}")},\"d{times}\":{last}}}}}";

    private static string Nested(string keyword, int width, int depth) => depth == 0
        ? """{"properties":{"p0":{"type":"string"}},"required":["p1"]}"""
        : $"{{\"{keyword}\":[{Repeat(width, _ => Nested(keyword, width, depth - 1))}]}}";
}
