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
