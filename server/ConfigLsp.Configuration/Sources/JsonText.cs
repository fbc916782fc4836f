using System.Globalization;
using System.Text;

namespace ConfigLsp.Configuration.Sources;

/// <summary>Writes strings as JSON does (RFC 8259, section 7).</summary>
internal static class JsonText
{
    /// <summary>Appends a string with its quotes. Halves of surrogate pairs are escaped, so that no string is lost.</summary>
    public static StringBuilder AppendString(StringBuilder text, string value)
    {
        text.Append('"');
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            if (char.IsHighSurrogate(c) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]))
            {
                text.Append(c).Append(value[++i]);
            }
            else if (c is '"' or '\\')
            {
                text.Append('\\').Append(c);
            }
            else if (char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029')
            {
                text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            }
            else
            {
                text.Append(c);
            }
        }

        return text.Append('"');
    }
}
