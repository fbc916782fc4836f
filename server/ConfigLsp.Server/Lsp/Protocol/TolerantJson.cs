using System.Text.Json;

namespace ConfigLsp.Server.Lsp.Protocol;

/// <summary>Reads JSON whose shape the client decides: a member that is absent or of another type is simply not there.</summary>
internal static class TolerantJson
{
    /// <summary>The value at a path of member names; the undefined element when there is none.</summary>
    public static JsonElement At(this JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (string name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !TryFind(element, name, out element))
                return default;
        }

        return element;
    }

    /// <summary>The member's name, or null for one that is not valid Unicode.</summary>
    public static string? NameText(this JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    public static bool IsTrue(this JsonElement element, params ReadOnlySpan<string> path) => element.At(path).ValueKind == JsonValueKind.True;

    /// <summary>A string, or null for anything else, also for one that is not valid Unicode.</summary>
    public static string? AsText(this JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String)
            return null;
        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The strings of an array; nothing for any other value.</summary>
    public static IEnumerable<string> Texts(this JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Array)
            yield break;
        foreach (JsonElement item in element.EnumerateArray())
        {
            if (item.AsText() is { } text)
                yield return text;
        }
    }

    /// <summary>The whole numbers of an array; nothing for any other value.</summary>
    public static IEnumerable<int> Integers(this JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Array)
            yield break;
        foreach (JsonElement item in element.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out int number))
                yield return number;
        }
    }

    /// <summary>Also finds a member beside one whose name is not valid Unicode, which the search of the library stumbles over.</summary>
    private static bool TryFind(JsonElement element, string name, out JsonElement value)
    {
        try
        {
            return element.TryGetProperty(name, out value);
        }
        catch (InvalidOperationException)
        {
            // The last of several members with one name counts, as in the library.
            JsonProperty found = element.EnumerateObject().LastOrDefault(member => member.NameText() == name);
            value = found.Value;
            return value.ValueKind != JsonValueKind.Undefined;
        }
    }
}
