namespace ConfigLsp.Core.Syntax;

/// <summary>How a tree came from the one before it: what was known of a node of that one can be found again by its new index.</summary>
/// <param name="From">The identity of the tree before.</param>
/// <param name="First">Index of the first node that was replaced.</param>
/// <param name="OldEnd">Index behind the last node that was replaced, as they were numbered.</param>
/// <param name="NewEnd">Index behind the last new node.</param>
/// <param name="Container">Index of the object or array whose children they are; it and what is around it have changed too.</param>
internal sealed record TreeStep(object From, int First, int OldEnd, int NewEnd, int Container)
{
    /// <summary>The index that a node has now; -1 for one that was replaced.</summary>
    public int Map(int index) => index < First ? index : index < OldEnd ? -1 : index + NewEnd - OldEnd;
}
