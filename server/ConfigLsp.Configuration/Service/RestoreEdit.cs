using System.Collections.Immutable;
using System.Globalization;
using ConfigLsp.Configuration.Errors;
using ConfigLsp.Configuration.Keys;
using ConfigLsp.Configuration.Sources;
using ConfigLsp.Configuration.Storage;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Configuration.Service;

/// <summary>Brings the whole file of a source back to the bytes that it had at a revision.</summary>
/// <param name="Source">The source.</param>
/// <param name="Revision">The revision.</param>
/// <param name="Content">The bytes.</param>
internal sealed record RestoreEdit(string Source, long Revision, ReadOnlyMemory<byte> Content) : PendingEdit(Source)
{
    public override ImmutableArray<SettingKey> Keys => [SettingKey.Root];

    public override ChangeKind Kind => ChangeKind.Restore;

    public override ServiceError? FindConflict(WorkspaceParts parts, SourceSlot slot, SourceContent before, string? hash) => null;

    public override ServiceResult<PreparedEdit> Prepare(WorkspaceParts parts, SourceSlot slot, SourceContent before)
    {
        if (before.Tree.Text.Span.SequenceEqual(Content.Span))
        {
            return new PreparedEdit(before.Tree.Text, before.Tree.Text, []);
        }

        // What is there now may be broken: mending that is what a person restores for. What comes back must be sound.
        var text = SourceText.FromUtf8(Content);
        var tree = JsonParser.Parse(text);
        if (SourceDocuments.FindFault(tree, Source) is { } fault)
        {
            return fault with { Message = $"What the file held at revision {Revision} cannot be used: {fault.Message}" };
        }

        var edit = new PreparedEdit(before.Tree.Text, text, [new TextChange(before.Tree.Text.FullSpan, Content)]);
        return EffectCheck.Check(parts, slot, before, edit, tree, SettingKey.Root);
    }

    protected override string Describe() => string.Create(CultureInfo.InvariantCulture, $"restore\n{Revision}");
}
