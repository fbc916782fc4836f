using System.Collections.Immutable;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema;

/// <summary>What a schema says about a key, whatever a document holds.</summary>
public enum KeyState
{
    /// <summary>The schema describes the key: by name, by a pattern, or as one of any name.</summary>
    Known,

    /// <summary>The schema says nothing about the key and permits it.</summary>
    Open,

    /// <summary>The schema does not permit the key, or the value around it is no object.</summary>
    Closed,
}

/// <summary>
/// A key of the settings as a schema sees it: the way to a value through nested objects. What several schemas say is taken together, the
/// nearest first.
/// </summary>
public sealed class SchemaKey
{
    private readonly SchemaLevel _level;

    internal SchemaKey(ImmutableArray<string> segments, KeyState state, SchemaLevel level, bool isSecret)
    {
        Segments = segments;
        State = state;
        _level = level;
        IsSecret = isSecret || level.Direct.Any(static s => s.Schema.IsSecret);
    }

    /// <summary>The names on the way, outermost first; empty for the whole document.</summary>
    public ImmutableArray<string> Segments { get; }

    /// <summary>Whether the schema knows or permits the key.</summary>
    public KeyState State { get; }

    /// <summary>The schemas of the value, also those that apply only in some branch, nearest first.</summary>
    public ImmutableArray<ApplicableSchema> Schemas => _level.Unfolded;

    /// <summary>The schemas that stand at the key itself.</summary>
    internal ImmutableArray<ApplicableSchema> Direct => _level.Direct;

    /// <summary>The types that the value may have, as far as types and listed values tell.</summary>
    public InstanceTypes Types => _level.Types;

    /// <summary>Whether the value, or one around it, is marked as secret, in whichever branch.</summary>
    public bool IsSecret { get; }

    /// <summary>Whether the value may hold a secret somewhere within.</summary>
    public bool MayHoldSecret => IsSecret || _level.Direct.Any(static s => s.Schema.MayHoldSecret);

    /// <summary>The value without anybody setting it, as a node of the schema's document; no node if the schema names none.</summary>
    public SyntaxNode Default => Schemas.Where(static s => s.IsCertain).Select(static s => s.Schema.Annotations.Default).FirstOrDefault(static n => !n.IsNone);

    public string? Title => First(static a => a.Title);

    public string? Description => First(static a => a.Description);

    public string? MarkdownDescription => First(static a => a.MarkdownDescription);

    /// <summary>The unit of a number, for instance <c>ms</c>.</summary>
    public string? Unit => First(static a => a.Unit);

    /// <summary>Whether the key should no longer be used.</summary>
    public bool IsDeprecated => Schemas.Any(static s => s.IsCertain && s.Schema.Annotations.IsDeprecated);

    public string? DeprecationMessage => First(static a => a.DeprecationMessage);

    /// <summary>The array of allowed values, or no node.</summary>
    public SyntaxNode Enum => Schemas.Select(static s => s.Schema.Annotations.Enum).FirstOrDefault(static n => !n.IsNone);

    /// <summary>The keys within the value that the schema names, in the order of its text, each once.</summary>
    public ImmutableArray<string> Names => _level.Names;

    /// <summary>A key within this one.</summary>
    internal SchemaKey Step(string name)
    {
        var (state, level) = State == KeyState.Closed ? (KeyState.Closed, SchemaLevel.Empty) : _level.Enter(name);
        return new SchemaKey(Segments.Add(name), state, level, IsSecret);
    }

    private string? First(Func<SchemaAnnotations, string?> read) => Schemas.Select(s => read(s.Schema.Annotations)).FirstOrDefault(static text => text is not null);
}
