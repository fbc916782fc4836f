using System.Collections.Immutable;
using ConfigLsp.Core.Diagnostics;

namespace ConfigLsp.Configuration.Layers;

/// <summary>Which values of a document a schema may have something against; the rest need not be looked at one by one.</summary>
internal sealed class Suspects
{
    private readonly HashSet<string> _atOrAround = new(StringComparer.Ordinal);
    private readonly HashSet<string> _withAllInThem = new(StringComparer.Ordinal);
    private readonly bool _areAll;

    /// <param name="errors">What the schema says about the whole document.</param>
    /// <param name="limit">The number of errors from which there may be more.</param>
    public Suspects(ImmutableArray<Diagnostic> errors, int limit)
    {
        _areAll = errors.Length >= limit;
        foreach (var error in errors)
        {
            var path = error.Data?.Path ?? string.Empty;
            if (ValueCheck.IsAboutPlace(error))
            {
                _withAllInThem.Add(path);
            }

            for (var end = path.Length; end > 0; end = path.LastIndexOf('/', end - 1))
            {
                // The ways to longer ones are there already once one of them is.
                if (!_atOrAround.Add(path[..end]))
                {
                    break;
                }
            }
        }
    }

    /// <summary>Whether all below this place are to be looked at, as the place itself is in question.</summary>
    public bool IncludeAllIn(string pointer) => _areAll || _withAllInThem.Contains(pointer);

    /// <summary>Whether the schema has something against the value at this place, or in it.</summary>
    public bool Include(string pointer) => _atOrAround.Contains(pointer);
}
