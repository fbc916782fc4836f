using System.Collections.Immutable;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Configuration.Service;

/// <summary>The files that are open in an editor, so that an update does not go behind the back of the person at it.</summary>
public interface IEditorBuffers
{
    /// <summary>The open text of a file; null if it is not open.</summary>
    /// <param name="filePath">The absolute path, links resolved.</param>
    EditorBuffer? Find(string filePath);

    /// <summary>Has the editor make a change. The person sees it, can undo it, and decides when to save.</summary>
    /// <returns>Whether the editor made it.</returns>
    ValueTask<bool> ApplyAsync(EditorBuffer buffer, ImmutableArray<TextChange> changes, CancellationToken cancellationToken);
}

/// <summary>A text that is open in an editor.</summary>
/// <param name="Uri">The document.</param>
/// <param name="Version">The editor's version of the text.</param>
/// <param name="Text">The text.</param>
public sealed record EditorBuffer(string Uri, int Version, SourceText Text);
