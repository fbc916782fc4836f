namespace ConfigLsp.Core.Schema;

/// <summary>When the keyword <c>format</c> is checked. ConfigLsp's own formats (<c>safe-path</c>) always are.</summary>
public enum FormatAssertion
{
    /// <summary>In every dialect.</summary>
    Always,

    /// <summary>As the dialect says: an annotation in 2019-09 and 2020-12 unless the format-assertion vocabulary is used.</summary>
    Dialect,
}
