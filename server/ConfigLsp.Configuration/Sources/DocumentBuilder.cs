using System.Collections.Immutable;
using System.Text;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Configuration.Sources;

/// <summary>
/// Puts a document together of values from other trees, whose text is taken as it is. Objects are opened only where something is put into them.
/// </summary>
internal sealed class DocumentBuilder
{
    private readonly Dictionary<string, DocumentBuilder> _members = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];
    private SyntaxNode _value;

    /// <summary>Whether nothing was put here or within.</summary>
    private bool IsEmpty => _value.IsNone && _order.Count == 0;

    /// <summary>
    /// Puts a value in its place. False if there is a value already, or one around it that is no object: it stays, or makes way where
    /// <paramref name="replaces"/>.
    /// </summary>
    public bool TryPut(ImmutableArray<string> path, SyntaxNode value, bool replaces)
    {
        var at = this;
        var isFree = true;
        foreach (var name in path)
        {
            isFree &= at.Open();
            if (!isFree && !replaces)
            {
                return false;
            }

            at._value = default;
            at = at.Member(name);
        }

        isFree &= at.IsEmpty;
        if (isFree || replaces)
        {
            at._members.Clear();
            at._order.Clear();
            at._value = value;
        }

        return isFree;
    }

    /// <summary>Writes the document as JSON, members in the order in which they came.</summary>
    public void Write(StringBuilder text)
    {
        if (!_value.IsNone)
        {
            text.Append(Encoding.UTF8.GetString(_value.RawText));
            return;
        }

        text.Append('{');
        var separator = string.Empty;
        foreach (var name in _order)
        {
            JsonText.AppendString(text.Append(separator), name).Append(':');
            _members[name].Write(text);
            separator = ",";
        }

        text.Append('}');
    }

    /// <summary>Takes an object apart, so that its members can be changed; false for any other value.</summary>
    private bool Open()
    {
        if (_value.IsNone)
        {
            return true;
        }

        if (_value.Kind != SyntaxKind.Object)
        {
            return false;
        }

        (var whole, _value) = (_value, default);
        foreach (var property in whole.Children)
        {
            if (property.Value.IsValue)
            {
                Member(property.GetString())._value = property.Value;
            }
        }

        return true;
    }

    private DocumentBuilder Member(string name)
    {
        if (!_members.TryGetValue(name, out var member))
        {
            _members[name] = member = new DocumentBuilder();
            _order.Add(name);
        }

        return member;
    }
}
