using System.Collections.Immutable;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Configuration.Service;

/// <summary>A change of a file that was worked out and checked, and not yet made.</summary>
/// <param name="OldText">The file before.</param>
/// <param name="NewText">The file afterwards.</param>
/// <param name="Changes">What differs.</param>
internal sealed record PreparedEdit(SourceText OldText, SourceText NewText, ImmutableArray<TextChange> Changes)
{
    /// <summary>Whether the file says already what was asked for.</summary>
    public bool IsNoChange => Changes.IsEmpty;

    /// <summary>What the schema says about the settings afterwards.</summary>
    public ImmutableArray<LocatedDiagnostic> Diagnostics { get; init; } = [];

    /// <summary>Whether what is written into the file must not be shown, as a secret is in it.</summary>
    public bool HoldsSecret { get; init; }

    /// <summary>A stronger source that sets the same key.</summary>
    public string? OverriddenBy { get; init; }

    /// <summary>The answer once it is made, or was only tried.</summary>
    public UpdateResult ToResult(string source, long? revision, string? etag) => new(source)
    {
        Revision = revision,
        IsChanged = !IsNoChange,
        Etag = etag,
        OverriddenBy = OverriddenBy,
        Diagnostics = Diagnostics,
        OldText = OldText,
        NewText = NewText,
        Edits =
        [
            .. (HoldsSecret ? [] : Changes).Select(c => new SettingTextEdit(
                OldText.Lines.GetPosition(c.Span.Start, PositionEncoding.Utf16), OldText.Lines.GetPosition(c.Span.End, PositionEncoding.Utf16), c.NewTextString)),
        ],
    };
}
