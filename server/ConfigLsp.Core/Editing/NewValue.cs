using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Editing;

/// <summary>Reads the value that an edit brings along. It is judged strictly: what is written to a file must be right in every dialect.</summary>
internal static class NewValue
{
    /// <summary>Levels of objects and arrays.</summary>
    public const int MaxDepth = 128;

    public static EditResult.Refused? Read(ReadOnlyMemory<byte> json, out SyntaxNode value)
    {
        value = default;
        if (json.Length > SourceText.MaxLength)
        {
            return Refuse($"The new value has {json.Length} bytes; at most {SourceText.MaxLength} are possible.");
        }

        var text = SourceText.FromUtf8(json);
        if (text.HasByteOrderMark)
        {
            return Refuse("The new value starts with a byte order mark; remove it.");
        }

        var tree = JsonParser.Parse(text);
        value = tree.Root;
        if (value.IsNone)
        {
            return Refuse("The new value is empty; give one value of JSON.");
        }

        if (DepthOf(tree) > MaxDepth)
        {
            return Refuse($"The new value is nested more than {MaxDepth} levels deep.");
        }

        var findings = SyntaxRules.Check(tree, SyntaxDialect.Json, limit: 1, CancellationToken.None);
        return findings.IsEmpty ? null : Refuse($"The new value is not one value of strict JSON: {findings[0].Descriptor.Title} (at byte {findings[0].Span.Start}).");
    }

    private static EditResult.Refused Refuse(string message) => new(EditRefusal.InvalidValue, message, null);

    private static int DepthOf(SyntaxTree tree)
    {
        var depths = new int[tree.NodeCount];
        var deepest = 0;
        for (var i = 1; i < depths.Length; i++)
        {
            var node = tree.Nodes[i];
            depths[i] = depths[node.Parent] + (node.Kind is SyntaxKind.Object or SyntaxKind.Array ? 1 : 0);
            deepest = Math.Max(deepest, depths[i]);
        }

        return deepest;
    }
}
