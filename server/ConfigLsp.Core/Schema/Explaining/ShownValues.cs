using System.Collections;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema.Explaining;

/// <summary>Values as messages show them, each made when it is shown: a list of thousands is shown in part.</summary>
internal sealed class ShownValues(IReadOnlyList<SyntaxNode> values) : IReadOnlyList<string>
{
    public int Count => values.Count;

    public string this[int index] => ValueText.Show(values[index]);

    public IEnumerator<string> GetEnumerator() => values.Select(ValueText.Show).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
