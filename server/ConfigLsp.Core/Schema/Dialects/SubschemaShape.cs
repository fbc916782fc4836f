namespace ConfigLsp.Core.Schema.Dialects;

/// <summary>Where in the value of a keyword the subschemas stand.</summary>
internal enum SubschemaShape
{
    None,

    /// <summary>The value is a schema.</summary>
    Schema,

    /// <summary>The value is an array of schemas.</summary>
    Array,

    /// <summary>The value is a schema or an array of schemas (<c>items</c> before 2020-12).</summary>
    SchemaOrArray,

    /// <summary>The members of the value are schemas; members that are arrays are not (<c>dependencies</c>).</summary>
    Map,
}
