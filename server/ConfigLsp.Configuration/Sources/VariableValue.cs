using System.Text;
using ConfigLsp.Configuration.Workspace;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Configuration.Sources;

/// <summary>
/// Turns the value of an environment variable into JSON by the types that the schema allows. Where only text is allowed it is taken literally.
/// Else a value in JSON is understood where its type is allowed, and where the schema asks for a truth value also <c>1</c>, <c>0</c>,
/// <c>yes</c>, <c>no</c>, <c>on</c> and <c>off</c>, in any case. Anything else is text, which the schema may then refuse.
/// </summary>
internal static class VariableValue
{
    /// <summary>The value as JSON; null for an empty one that is no text, which is as if it were not set.</summary>
    public static SyntaxTree? Parse(string text, InstanceTypes types)
    {
        var trimmed = text.Trim();
        if (types == InstanceTypes.String)
        {
            return AsText(text);
        }

        if (trimmed.Length == 0)
        {
            return (types & InstanceTypes.String) != 0 ? AsText(text) : null;
        }

        var tree = JsonParser.Parse(SourceText.From(trimmed));
        if (tree.Errors.IsEmpty && tree.Comments.IsEmpty && (TypeOf(tree.Root.Kind) & types) != 0)
        {
            return tree;
        }

        // Only where a truth value is what is asked for: "on" may be a word like any other.
        if ((types & InstanceTypes.Boolean) != 0 && types != InstanceTypes.All && Flags.Parse(trimmed) is { } flag)
        {
            return JsonParser.Parse(SourceText.From(flag ? "true" : "false"));
        }

        return AsText(text);
    }

    private static InstanceTypes TypeOf(SyntaxKind kind) => kind switch
    {
        SyntaxKind.Null => InstanceTypes.Null,
        SyntaxKind.True or SyntaxKind.False => InstanceTypes.Boolean,
        SyntaxKind.Number => InstanceTypes.Number | InstanceTypes.Integer,
        SyntaxKind.Array => InstanceTypes.Array,
        SyntaxKind.Object => InstanceTypes.Object,
        SyntaxKind.String => InstanceTypes.String,
        _ => InstanceTypes.None,
    };

    private static SyntaxTree AsText(string text) => JsonParser.Parse(SourceText.From(JsonText.AppendString(new StringBuilder(), text).ToString()));
}
