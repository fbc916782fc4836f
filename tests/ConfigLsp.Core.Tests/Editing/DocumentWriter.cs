using System.Text;

namespace ConfigLsp.Core.Tests.Editing;

/// <summary>Writes a model as text; chance decides only about commas before or behind comments.</summary>
internal sealed class DocumentWriter(DocumentModel document, Random random)
{
    private readonly StringBuilder _text = new();

    public string Write()
    {
        _text.Append(document.HasByteOrderMark ? "\uFEFF" : "");
        foreach (var comment in document.Head)
        {
            _text.Append(comment).Append(document.EndOfLine);
        }

        if (document.Root is { } root)
        {
            Value(root, "");
            foreach (var comment in document.Foot)
            {
                _text.Append(document.EndOfLine).Append(comment);
            }

            _text.Append(document.EndsWithBreak ? document.EndOfLine : "");
        }

        return _text.ToString();
    }

    private void Value(ModelValue value, string indent)
    {
        value.Start = _text.Length;
        _text.Append(value.Lexeme);
        if (value.IsContainer)
        {
            Items(value, indent);
        }

        value.End = _text.Length;
    }

    private void Items(ModelValue value, string indent)
    {
        var inner = indent + document.Unit;
        value.ItemIndent = inner;
        foreach (var comment in value.Header)
        {
            _text.Append(' ').Append(comment);
        }

        var padding = value.Header.Count > 0 || (value.Items.Count > 0 && random.Next(3) == 0) ? " " : "";
        _text.Append(value.IsOnOneLine ? padding : "");
        for (var i = 0; i < value.Items.Count; i++)
        {
            Item(value, i, value.IsOnOneLine ? indent : inner);
        }

        foreach (var comment in value.Dangling)
        {
            _text.Append(document.EndOfLine).Append(inner).Append(comment);
        }

        _text.Append(value.IsOnOneLine ? padding : document.EndOfLine + indent).Append(value.IsObject ? '}' : ']');
    }

    private void Item(ModelValue container, int index, string indent)
    {
        var item = container.Items[index];
        if (container.IsOnOneLine || item.SharesLine)
        {
            _text.Append(index == 0 ? "" : " ");
        }
        else
        {
            _text.Append(document.EndOfLine).Append(item.HasEmptyLineAbove ? document.EndOfLine : "");
            foreach (var comment in item.Loose)
            {
                _text.Append(indent).Append(comment).Append(document.EndOfLine);
            }

            _text.Append(item.Loose.Count > 0 ? document.EndOfLine : "");
            foreach (var comment in item.Above)
            {
                _text.Append(indent).Append(comment).Append(document.EndOfLine);
            }

            _text.Append(indent);
        }

        item.Start = _text.Length;
        if (item.NameLexeme is not null)
        {
            _text.Append(item.NameLexeme).Append(item.Break == Break.MissingColon ? "" : ":").Append(' ');
            _text.Append(item.ColonComment is null ? "" : item.ColonComment + " ");
        }

        if (item.Break != Break.MissingValue)
        {
            Value(item.Value, indent);
        }

        item.End = _text.Length;
        _text.Append(item.Break == Break.Stray ? " @" : "");
        var isLast = index == container.Items.Count - 1;
        var comma = (!isLast || container.HasTrailingComma) && item.Break is not (Break.MissingComma or Break.UnclosedString) ? "," : "";
        var before = item.Behind.Exists(static comment => comment.StartsWith("//", StringComparison.Ordinal)) ? 0 : random.Next(item.Behind.Count + 1);
        for (var i = 0; i <= item.Behind.Count; i++)
        {
            _text.Append(i == before ? comma : "");
            _text.Append(i < item.Behind.Count ? " " + item.Behind[i] : "");
        }
    }
}
