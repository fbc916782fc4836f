using System.Text;

namespace ConfigLsp.Core.Schema.Formats;

/// <summary>What a text in a wrong format is likely meant to be: a slip in the notation that leaves the rest as it is.</summary>
internal static class FormatRepair
{
    private const int MaxLength = 200;

    /// <summary>The text as it should be written, as JSON, or null.</summary>
    public static string? Find(StringFormat format, string text)
    {
        if (text.Length is 0 or > MaxLength || text.AsSpan().IndexOfAny('"', '\\') >= 0 || text.Any(char.IsControl))
        {
            return null;
        }

        foreach (var candidate in Candidates(format.Name, text.Trim()))
        {
            if (candidate != text && format.Check(Encoding.UTF8.GetBytes(candidate)))
            {
                return $"\"{candidate}\"";
            }
        }

        return null;
    }

    private static IEnumerable<string> Candidates(string format, string text)
    {
        yield return text;
        switch (format)
        {
            case "uri" or "iri" when text.Contains('.', StringComparison.Ordinal) && text[0] is not ('/' or '.'):
                yield return "https://" + text;
                break;
            case "date-time":
                yield return text.Replace(' ', 'T');
                yield return text.Replace(' ', 'T') + "Z";
                yield return text.Replace(' ', 'T') + ":00Z";
                break;
            case "time":
                yield return text + "Z";
                yield return text + ":00Z";
                yield return "0" + text + ":00Z";
                break;
            case "uuid" when text.Length >= 32:
                var digits = text.Replace("-", string.Empty, StringComparison.Ordinal).Trim('{', '}');
                if (digits.Length == 32)
                {
                    yield return $"{digits[..8]}-{digits[8..12]}-{digits[12..16]}-{digits[16..20]}-{digits[20..]}";
                }

                break;
            case "color-hex":
                yield return "#" + text;
                break;
            case "json-pointer":
                yield return "/" + text;
                break;
        }
    }
}
