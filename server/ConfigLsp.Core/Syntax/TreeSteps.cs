using System.Collections.Immutable;

namespace ConfigLsp.Core.Syntax;

/// <summary>Steps that were taken one after the other.</summary>
internal static class TreeSteps
{
    /// <summary>The index in the last tree of a node of the first; -1 for one that was replaced.</summary>
    public static int Map(this ImmutableArray<TreeStep> steps, int index) => Map(steps, 0, index);

    /// <summary>What the steps touched, by the indices of the last tree. What a later step replaced as a whole is told of that one only.</summary>
    public static IEnumerable<TouchedNodes> Touched(this ImmutableArray<TreeStep> steps)
    {
        for (var i = 0; i < steps.Length; i++)
        {
            var container = Map(steps, i + 1, steps[i].Container);
            if (container < 0)
            {
                continue;
            }

            var (first, end) = (steps[i].First, steps[i].NewEnd);
            for (var later = i + 1; later < steps.Length; later++)
            {
                var step = steps[later];
                first = first < step.First ? first : first < step.OldEnd ? step.First : first + step.NewEnd - step.OldEnd;
                end = end <= step.First ? end : end < step.OldEnd ? step.NewEnd : end + step.NewEnd - step.OldEnd;
            }

            yield return new TouchedNodes(container, first, end);
        }
    }

    private static int Map(ImmutableArray<TreeStep> steps, int from, int index)
    {
        for (var i = from; i < steps.Length && index >= 0; i++)
        {
            index = steps[i].Map(index);
        }

        return index;
    }
}

/// <summary>Nodes that are new.</summary>
/// <param name="Container">Index of the object or array whose children they are, or were: nothing new may be left.</param>
/// <param name="First">Index of the first.</param>
/// <param name="End">Index behind the last.</param>
internal readonly record struct TouchedNodes(int Container, int First, int End)
{
    /// <summary>Whether a node, or what is directly in it, is new.</summary>
    public bool Concerns(int index) => index == Container || (index >= First && index < End);
}
