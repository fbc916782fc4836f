namespace ConfigLsp.Core.Schema;

/// <summary>Sets of the types that the keyword <c>type</c> knows.</summary>
[Flags]
public enum InstanceTypes : byte
{
    None = 0,
    Null = 1,
    Boolean = 2,
    Object = 4,
    Array = 8,

    /// <summary>Any number; always set together with <see cref="Integer"/>.</summary>
    Number = 16,
    String = 32,

    /// <summary>A number without a fractional part; <c>1.0</c> is one from draft-06 on.</summary>
    Integer = 64,
    All = 127,
}
