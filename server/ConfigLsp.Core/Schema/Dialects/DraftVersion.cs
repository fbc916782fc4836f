namespace ConfigLsp.Core.Schema.Dialects;

/// <summary>The supported drafts of JSON Schema, oldest first.</summary>
public enum DraftVersion
{
    Draft04 = 4,
    Draft06 = 6,
    Draft07 = 7,
    Draft201909 = 2019,
    Draft202012 = 2020,
}

/// <summary>How people call the drafts.</summary>
internal static class DraftNames
{
    public static string ToName(this DraftVersion draft) => draft switch
    {
        DraftVersion.Draft04 => "draft-04",
        DraftVersion.Draft06 => "draft-06",
        DraftVersion.Draft07 => "draft-07",
        DraftVersion.Draft201909 => "2019-09",
        _ => "2020-12",
    };
}
