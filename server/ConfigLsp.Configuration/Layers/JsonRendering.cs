using System.Buffers;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Configuration.Layers;

/// <summary>
/// Writes settings as compact JSON (RFC 8259): without comments, each name once, numbers and strings with the characters that the source has.
/// The trees must be free of syntax errors.
/// </summary>
public static class JsonRendering
{
    /// <summary>The deepest nesting of a value that can be served; deeper ones could not be read by the clients of JSON libraries.</summary>
    public const int MaxDepth = 100;

    /// <summary>Writes a setting with everything in it.</summary>
    public static void Write(SettingNode node, IBufferWriter<byte> output)
    {
        if (!node.IsObject)
        {
            Write(node.Value, output);
            return;
        }

        output.Write("{"u8);
        var isFirst = true;
        foreach (var member in node.Members)
        {
            if (!isFirst)
            {
                output.Write(","u8);
            }

            isFirst = false;
            WriteText(member.Name, output);
            output.Write(":"u8);
            Write(member.Node, output);
        }

        output.Write("}"u8);
    }

    /// <summary>Writes a value as it is in its document.</summary>
    public static void Write(SyntaxNode value, IBufferWriter<byte> output)
    {
        switch (value.Kind)
        {
            case SyntaxKind.Object:
                WriteObject(value, output);
                break;
            case SyntaxKind.Array:
                output.Write("["u8);
                var isFirst = true;
                foreach (var item in value.Children)
                {
                    if (!isFirst)
                    {
                        output.Write(","u8);
                    }

                    isFirst = false;
                    Write(item, output);
                }

                output.Write("]"u8);
                break;
            default:
                output.Write(value.RawText);
                break;
        }
    }

    /// <summary>A setting as JSON.</summary>
    public static ReadOnlyMemory<byte> ToJson(SettingNode node)
    {
        var output = new ArrayBufferWriter<byte>();
        Write(node, output);
        return output.WrittenMemory;
    }

    /// <summary>A value as JSON.</summary>
    public static ReadOnlyMemory<byte> ToJson(SyntaxNode value)
    {
        var output = new ArrayBufferWriter<byte>();
        Write(value, output);
        return output.WrittenMemory;
    }

    /// <summary>Whether a value is nested deeper than <see cref="MaxDepth"/>.</summary>
    public static bool IsTooDeep(SyntaxNode value) => IsDeeperThan(value, MaxDepth);

    private static bool IsDeeperThan(SyntaxNode value, int levels)
    {
        if (value.Kind is not (SyntaxKind.Object or SyntaxKind.Array))
        {
            return false;
        }

        if (levels == 0)
        {
            return true;
        }

        foreach (var child in value.Children)
        {
            if (IsDeeperThan(child.Kind == SyntaxKind.Property ? child.Value : child, levels - 1))
            {
                return true;
            }
        }

        return false;
    }

    private static void WriteObject(SyntaxNode value, IBufferWriter<byte> output)
    {
        output.Write("{"u8);
        var isFirst = true;
        foreach (var property in LastOfEachName(value))
        {
            if (!isFirst)
            {
                output.Write(","u8);
            }

            isFirst = false;
            output.Write(property.Tree.Text.Span.Slice(property.NameSpan.Start, property.NameSpan.Length));
            output.Write(":"u8);
            Write(property.Value, output);
        }

        output.Write("}"u8);
    }

    /// <summary>The properties of an object that count: of a duplicated name the last one.</summary>
    internal static IEnumerable<SyntaxNode> LastOfEachName(SyntaxNode value)
    {
        var properties = value.Children.ToArray();
        if (properties.Length < 2)
        {
            return properties;
        }

        var last = new Dictionary<string, SyntaxNode>(properties.Length, StringComparer.Ordinal);
        foreach (var property in properties)
        {
            last[property.GetString()] = property;
        }

        return last.Count == properties.Length ? properties : last.Values;
    }

    internal static void WriteText(string text, IBufferWriter<byte> output)
    {
        var json = System.Text.Json.JsonEncodedText.Encode(text, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
        output.Write("\""u8);
        output.Write(json.EncodedUtf8Bytes);
        output.Write("\""u8);
    }
}
