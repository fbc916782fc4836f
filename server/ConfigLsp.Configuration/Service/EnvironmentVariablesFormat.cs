using System.Text;
using System.Text.Json;

namespace ConfigLsp.Configuration.Service;

/// <summary>
/// Writes settings as environment variables, one <c>NAME='value'</c> a line, in the form that POSIX shells and <c>.env</c> readers take, and with
/// the names that the source of environment variables reads: <c>agent.maxAgents</c> is <c>NOFX_AGENT__MAX_AGENTS</c>.
/// </summary>
public static class EnvironmentVariablesFormat
{
    /// <summary>The variables; a secret, and a name that no variable can have, is a line of comment in place of one.</summary>
    /// <param name="document">The settings.</param>
    /// <param name="prefix">What each name starts with.</param>
    /// <param name="section">The key that the document is the content of, or null for all settings.</param>
    public static string Write(EffectiveDocument document, string prefix, string? section = null)
    {
        var text = new StringBuilder();
        using var json = JsonDocument.Parse(document.Json, new JsonDocumentOptions { MaxDepth = 1000 });
        var redacted = document.RedactedKeys.ToHashSet(StringComparer.Ordinal);
        var start = section is null or "" ? [] : section.Split('.');
        Write(json.RootElement, prefix + string.Join("__", start.Select(ToVariable)), section ?? string.Empty, redacted, text);
        return text.ToString();
    }

    private static void Write(JsonElement value, string name, string key, HashSet<string> redacted, StringBuilder text)
    {
        if (redacted.Contains(key))
        {
            text.Append("# ").Append(Printable(name)).Append(" is secret\n");
        }
        else if (value.ValueKind == JsonValueKind.Object && key.Length == 0)
        {
            foreach (var member in value.EnumerateObject())
            {
                Write(member.Value, name + ToVariable(member.Name), member.Name, redacted, text);
            }
        }
        else if (value.ValueKind == JsonValueKind.Object && value.EnumerateObject().Any())
        {
            foreach (var member in value.EnumerateObject())
            {
                Write(member.Value, $"{name}__{ToVariable(member.Name)}", $"{key}.{member.Name}", redacted, text);
            }
        }
        else if (!IsName(name))
        {
            text.Append("# ").Append(Printable(key)).Append(" has no name that a variable can have\n");
        }
        else
        {
            var plain = value.ValueKind == JsonValueKind.String && !HasHalfPair(value) ? value.GetString()! : value.GetRawText();
            text.Append(name).Append("='").Append(plain.Replace("'", "'\\''", StringComparison.Ordinal)).Append("'\n");
        }
    }

    /// <summary>Whether a text cannot be had, since it holds half of a surrogate pair.</summary>
    private static bool HasHalfPair(JsonElement value)
    {
        try
        {
            _ = value.GetString();
            return false;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }

    /// <summary><c>maxAgents</c>, <c>max-agents</c> and <c>max.agents</c> become <c>MAX_AGENTS</c>.</summary>
    private static string ToVariable(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsAsciiLetterUpper(name[i]) && i > 0 && (char.IsAsciiLetterLower(name[i - 1]) || char.IsAsciiDigit(name[i - 1])))
            {
                text.Append('_');
            }

            text.Append(name[i] is '-' or '.' ? '_' : char.ToUpperInvariant(name[i]));
        }

        return text.ToString();
    }

    private static bool IsName(string name) => !char.IsAsciiDigit(name[0]) && name.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_');

    private static string Printable(string text) => string.Concat(text.Select(static c => char.IsControl(c) ? '\uFFFD' : c));
}
