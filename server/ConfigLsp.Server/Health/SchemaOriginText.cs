using System.Globalization;
using ConfigLsp.Configuration.Schemas;

namespace ConfigLsp.Server.Health;

/// <summary>Where a schema was read, for people and for programs.</summary>
internal static class SchemaOriginText
{
    /// <summary>A word for programs.</summary>
    public static string Name(SchemaOriginKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>A few words for people, without address or path.</summary>
    public static string Describe(SchemaOrigin origin)
    {
        var place = origin.Kind switch
        {
            SchemaOriginKind.Embedded => "this program",
            SchemaOriginKind.Settings => "the settings",
            SchemaOriginKind.File => "a file",
            SchemaOriginKind.Editor => "a document that is open in the editor",
            SchemaOriginKind.Client => "the editor, which was asked for it",
            SchemaOriginKind.Download => "its server, just now",
            _ => $"the copy that was downloaded {Time(origin.FetchedAt)}" + (origin.CheckedAt > origin.FetchedAt ? $" and confirmed {Time(origin.CheckedAt)}" : string.Empty),
        };
        return origin.Note is { } note ? $"{place}; not asked again: {note}" : place;
    }

    private static string Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture) ?? "at an unknown time";
}
