namespace ConfigLsp.Core.Syntax;

/// <summary>Facts about the text of a string, a property's name, or a container.</summary>
[Flags]
internal enum NodeFlags : byte
{
    None = 0,

    /// <summary>The string or name holds a backslash.</summary>
    HasEscapes = 1,

    /// <summary>The closing quote, bracket or brace is missing.</summary>
    Unterminated = 2,

    /// <summary>The string or name stands in single quotes.</summary>
    SingleQuoted = 4,

    /// <summary>The name has no quotes.</summary>
    Unquoted = 8,
}
