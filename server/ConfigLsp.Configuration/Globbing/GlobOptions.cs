namespace ConfigLsp.Configuration.Globbing;

/// <summary>How a pattern is read.</summary>
[Flags]
internal enum GlobOptions
{
    None = 0,

    /// <summary>Letters match in either case.</summary>
    IgnoreCase = 1,

    /// <summary><c>{a,b}</c> stands for alternatives; without this the braces stand for themselves.</summary>
    Braces = 2,

    /// <summary>A backslash takes the special meaning from the character behind it.</summary>
    Escapes = 4,
}
