using ConfigLsp.Configuration.Sources;

namespace ConfigLsp.Configuration.Service;

/// <summary>An update of a source by this process, from before its file changes until its revision is recorded.</summary>
internal sealed class SourceWrite(SourceSlot slot, Action<SourceSlot> readAgain) : IDisposable
{
    /// <summary>Takes over what was written.</summary>
    public void Accept(SourceContent content) => slot.Accept(content);

    /// <summary>Ends the update, whether it has written or not.</summary>
    public void Dispose()
    {
        if (slot.EndWrite())
        {
            readAgain(slot);
        }
    }
}
