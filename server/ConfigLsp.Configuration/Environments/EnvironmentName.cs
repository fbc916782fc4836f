using System.Diagnostics.CodeAnalysis;

namespace ConfigLsp.Configuration.Environments;

/// <summary>
/// Names of environments: <c>development</c>, <c>testing</c>, <c>staging</c>, <c>production</c>, or a name of one's own of up to 63 letters,
/// digits, <c>-</c> and <c>_</c> that starts with a letter, as the schema of <c>configlsp.json</c> says. So a name can stand in a file's name.
/// </summary>
public static class EnvironmentName
{
    public const string Development = "development";
    public const string Testing = "testing";
    public const string Staging = "staging";
    public const string Production = "production";

    /// <summary>What stands in place of a name to have it detected.</summary>
    public const string Auto = "auto";

    /// <summary>The most characters of a name.</summary>
    public const int MaxLength = 63;

    /// <summary>What a name must be, for messages.</summary>
    internal const string Grammar = "a name has up to 63 letters, digits, '-' and '_' and starts with a letter";

    /// <summary>One of the four usual environments, by its name or its usual short name, in any case; null for any other text.</summary>
    public static string? FindUsual(ReadOnlySpan<char> text)
    {
        Span<char> lower = stackalloc char[11];
        if (text.Length > lower.Length)
        {
            return null;
        }

        text.ToLowerInvariant(lower);
        return lower[..text.Length] switch
        {
            "development" or "dev" => Development,
            "testing" or "test" => Testing,
            "staging" or "stage" => Staging,
            "production" or "prod" => Production,
            _ => null,
        };
    }

    /// <summary>
    /// Reads a name that somebody states: a usual one by its name or short name, in any case, or one of their own, which is kept as it is
    /// written. <c>auto</c> is none.
    /// </summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out string? name)
    {
        name = FindUsual(text) ?? (IsWellFormed(text) && !text.Equals(Auto, StringComparison.OrdinalIgnoreCase) ? text : null);
        return name is not null;
    }

    private static bool IsWellFormed(string text) =>
        text.Length is > 0 and <= MaxLength && char.IsAsciiLetter(text[0]) && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
