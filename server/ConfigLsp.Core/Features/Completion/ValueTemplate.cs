using System.Text;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Features.Completion;

/// <summary>What is written behind a new key, so that the person only fills in the value.</summary>
/// <param name="Text">Plain text.</param>
/// <param name="Snippet">The same with tab stops.</param>
internal readonly record struct ValueTemplate(string Text, string Snippet)
{
    private const int MaxChoices = 20;

    /// <summary>The template of a value: its only or default value where the schema names one, else the empty form of its type.</summary>
    public static ValueTemplate Of(SchemaNode? schema)
    {
        var first = default(ValueTemplate);
        foreach (var candidate in schema is null ? [] : SchemaExpansion.Unfold([schema]))
        {
            if (FromValues(candidate.Annotations) is { } fromValues)
            {
                return fromValues;
            }

            if (first.Text is null && FromType(candidate) is { } fromType)
            {
                first = fromType;
            }
        }

        return first.Text is null ? new ValueTemplate("", "$1") : first;
    }

    /// <summary>The empty form of a kind of value.</summary>
    public static ValueTemplate Empty(SyntaxKind kind) => kind switch
    {
        SyntaxKind.String => new("\"\"", "\"$1\""),
        SyntaxKind.Object => new("{}", "{$1}"),
        SyntaxKind.Array => new("[]", "[$1]"),
        _ => new("", "$1"),
    };

    /// <summary>Escapes text for a snippet (LSP 3.17, "Snippet Syntax").</summary>
    public static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("$", "\\$", StringComparison.Ordinal).Replace("}", "\\}", StringComparison.Ordinal);

    private static ValueTemplate? FromValues(SchemaAnnotations annotations)
    {
        if (!annotations.Const.IsNone)
        {
            return Placeholder(annotations.Const);
        }

        if (!annotations.Default.IsNone)
        {
            return annotations.Enum.IsNone ? Placeholder(annotations.Default) : Choice(annotations.Enum, annotations.Default);
        }

        return annotations.Enum.IsNone ? null : Choice(annotations.Enum, default);
    }

    private static ValueTemplate Placeholder(SyntaxNode value)
    {
        var text = Encoding.UTF8.GetString(value.RawText);
        return value.Kind switch
        {
            SyntaxKind.String => new(text, "\"${1:" + Escape(text[1..^1]) + "}\""),
            SyntaxKind.Object when value.ChildCount == 0 => new("{}", "{$1}"),
            SyntaxKind.Array when value.ChildCount == 0 => new("[]", "[$1]"),
            _ => new(text, "${1:" + Escape(text) + "}"),
        };
    }

    private static ValueTemplate Choice(SyntaxNode values, SyntaxNode first)
    {
        var all = values.Children.ToArray();
        var preferred = first.IsNone ? all.FirstOrDefault() : first;
        if (preferred.IsNone)
        {
            return new ValueTemplate("", "$1");
        }

        if (all.Length is 1 or > MaxChoices || all.Any(static value => value.Kind is SyntaxKind.Object or SyntaxKind.Array))
        {
            return Placeholder(preferred);
        }

        var ordered = all.OrderByDescending(value => SyntaxEquality.Instance.Equals(value, preferred));
        var choices = ordered.Select(static value => Escape(Encoding.UTF8.GetString(value.RawText)).Replace(",", "\\,", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal));
        return new ValueTemplate(Encoding.UTF8.GetString(preferred.RawText), "${1|" + string.Join(',', choices) + "|}");
    }

    private static ValueTemplate? FromType(SchemaNode schema) => schema.Types switch
    {
        InstanceTypes.All => null,
        InstanceTypes.Boolean => new("false", "${1|false,true|}"),
        InstanceTypes.String => new("\"\"", "\"$1\""),
        InstanceTypes.Object => new("{}", "{$1}"),
        InstanceTypes.Array => new("[]", "[$1]"),
        InstanceTypes.Null => new("null", "${1:null}"),
        InstanceTypes.Integer or InstanceTypes.Number or (InstanceTypes.Number | InstanceTypes.Integer) => new("0", "${1:0}"),
        _ => new("", "$1"),
    };
}
