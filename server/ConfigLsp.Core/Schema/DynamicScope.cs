namespace ConfigLsp.Core.Schema;

/// <summary>
/// The schema resources entered on the way to a schema, outermost first, each once: entering one again cannot change where a dynamic
/// reference leads, since the outermost wins. Scopes are interned, so that recursion meets the same ones again.
/// </summary>
internal sealed class DynamicScope
{
    private readonly DynamicScope? _outer;
    private readonly SchemaResource? _resource;
    private readonly Counter _counter;
    private Dictionary<SchemaResource, DynamicScope>? _inner;
    private Dictionary<string, SchemaNode?>? _found;

    private DynamicScope(DynamicScope? outer, SchemaResource? resource, Counter counter)
    {
        _outer = outer;
        _resource = resource;
        _counter = counter;
        Id = counter.Next++;
        Length = outer is null ? 0 : outer.Length + 1;
    }

    /// <summary>The scope without a resource, to begin an evaluation with.</summary>
    public static DynamicScope Empty => new(outer: null, resource: null, new Counter());

    /// <summary>Tells the scopes of one evaluation apart.</summary>
    public int Id { get; }

    /// <summary>Number of resources.</summary>
    public int Length { get; }

    /// <summary>The scope with one more resource; this one if it has the resource.</summary>
    public DynamicScope Enter(SchemaResource resource, out bool isNew)
    {
        isNew = false;
        for (var scope = this; scope._resource is not null; scope = scope._outer!)
        {
            if (ReferenceEquals(scope._resource, resource))
            {
                return this;
            }
        }

        _inner ??= [];
        if (!_inner.TryGetValue(resource, out var inner))
        {
            isNew = true;
            _inner[resource] = inner = new DynamicScope(this, resource, _counter);
        }

        return inner;
    }

    /// <summary>The outermost schema that carries the dynamic anchor, or null.</summary>
    public SchemaNode? Find(string anchor)
    {
        _found ??= new Dictionary<string, SchemaNode?>(StringComparer.Ordinal);
        if (!_found.TryGetValue(anchor, out var found))
        {
            _found[anchor] = found = Search(anchor);
        }

        return found;
    }

    private SchemaNode? Search(string anchor)
    {
        SchemaNode? found = null;
        for (var scope = this; scope._resource is not null; scope = scope._outer!)
        {
            if (scope._resource.DynamicAnchors.TryGetValue(anchor, out var target))
            {
                found = target;
            }
        }

        return found;
    }

    private sealed class Counter
    {
        public int Next { get; set; }
    }
}
