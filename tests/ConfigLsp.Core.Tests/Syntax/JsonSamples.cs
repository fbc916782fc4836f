namespace ConfigLsp.Core.Tests.Syntax;

/// <summary>Texts, sound and broken, from which the tree's properties are checked.</summary>
internal static class JsonSamples
{
    public static readonly string[] All =
    [
        "",
        " \t\r\n",
        "// only a comment",
        "/* open",
        "null",
        "\uFEFF{\"bom\": true}",
        "{\"a\": 1, \"b\": [true, false, null, -1.5e+3], \"c\": {\"d\": \"x\\u0041\\n\"}}",
        "{\r\n\t// comment\r\n\t\"a\": 1, /* b */\r\n\t\"b\": [1, 2,], // tail\r\n}\r\n",
        "{\"a\": , \"b\" 2 \"c\": 3,, \"d\"}",
        "{a: 1, 'b': 'two', 3: tru, \"e\": 01, \"f\": .5, \"g\": NaN}",
        "[1 2, [3, {\"x\": [}, 4]] 5 \"six\"",
        "{\"a\": \"unterminated\n \"b\": \"bad \\q escape\", \"c\": \"tab\there\"}",
        "{\n<<<<<<< HEAD\n  \"a\": 1\n=======\n  \"a\": 2\n>>>>>>> branch\n}",
        "]}{[:,@#%😀 é=\"",
        "{\"ключ\": \"значение 😀\", \"\": {}, \"deep\": [[[[{\"x\": [[]]}]]]]}",
        "{\"a\": \"b\": 1, \"c\": [\"x\": 2, : 3], : 4, {\"y\": 5}}",
        "\"just a string",
        "{\"a\":\n \"b\": 1\n \"c\"\n \"d\": 2}",
        "{\"nul\": \"\0\", \0: 1}",
    ];
}
