using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using ConfigLsp.Configuration.Keys;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Features.Validation;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Configuration.Layers;

/// <summary>
/// Makes the settings of one layer out of the document of its source, for reading: a value that the schema refuses is brought into the right form
/// where that is plain, else left out, so that the next weaker layer serves.
/// </summary>
internal sealed class LayerReader
{
    private readonly int _layer;
    private readonly JsonSchema? _schema;
    private readonly ImmutableArray<SettingFinding>.Builder _findings = ImmutableArray.CreateBuilder<SettingFinding>();

    private LayerReader(int layer, JsonSchema? schema)
    {
        _layer = layer;
        _schema = schema;
    }

    /// <summary>Reads the settings of a layer as they are written, without looking at the schema.</summary>
    /// <param name="entries">The entries of the source's document.</param>
    /// <param name="layer">The number of the layer.</param>
    /// <returns>The settings, and what could not be read at all: names and values beyond all bounds.</returns>
    public static (SettingNode Root, ImmutableArray<SettingFinding> Findings) ReadWritten(LayerEntries entries, int layer)
    {
        var findings = ImmutableArray.CreateBuilder<SettingFinding>();
        var root = new ObjectBuilder(new SettingOrigin(layer, entries.Tree, default, entries.Tree.Root.IsNone ? default : entries.Tree.Root.Span));
        foreach (var (names, property) in entries.Properties)
        {
            var at = root;
            for (var i = 0; i < names.Length - 1; i++)
            {
                at = at.Enter(names[i], new SettingOrigin(layer, entries.Tree, property.NameSpan, property.Span));
            }

            Add(at, names[^1], property, layer, names, findings);
        }

        return (root.ToNode(), findings.ToImmutable());
    }

    /// <summary>Reads the settings of a layer as they can be served.</summary>
    /// <param name="written">What <see cref="ReadWritten"/> gave.</param>
    /// <param name="layer">The number of the layer.</param>
    /// <param name="schema">The schema of the merged settings, or null.</param>
    public static (SettingNode Root, ImmutableArray<SettingFinding> Findings) Serve(SettingNode written, int layer, JsonSchema? schema)
    {
        var reader = new LayerReader(layer, schema);
        var root = reader.Filter(written, SettingKey.Root, reader.FindSuspects(written), isSuspect: false) ?? SettingNode.Empty;
        return (root, reader._findings.ToImmutable());
    }

    private static void Add(
        ObjectBuilder at, string name, SyntaxNode property, int layer, ImmutableArray<string> names, ImmutableArray<SettingFinding>.Builder findings)
    {
        var value = property.Value;
        if (names.Sum(static n => n.Length + 1) > SettingKey.MaxBytes)
        {
            Refuse(DiagnosticCatalog.InvalidKeyName, $"A key has at most {SettingKey.MaxBytes} bytes with all names around it; this one is not served.");
            return;
        }

        if (value.Kind is not SyntaxKind.Object || names.Length >= SettingKey.MaxSegments)
        {
            // Before anything looks into it, which could take as many levels of the stack.
            if (JsonRendering.IsTooDeep(value))
            {
                Refuse(DiagnosticCatalog.NestedTooDeeply, $"The value is nested more than {JsonRendering.MaxDepth} levels deep, and is not served.");
                return;
            }
        }

        var origin = new SettingOrigin(layer, property.Tree, property.NameSpan, value.Span);
        if (value.Kind != SyntaxKind.Object || names.Length >= SettingKey.MaxSegments)
        {
            at.Set(name, SettingNode.Leaf(value, origin));
            return;
        }

        var inner = at.Enter(name, origin);
        foreach (var member in JsonRendering.LastOfEachName(value))
        {
            var inName = member.GetString();
            Add(inner, inName, member, layer, names.Add(inName), findings);
        }

        void Refuse(DiagnosticDescriptor rule, string message)
        {
            var key = names.Take(SettingKey.MaxSegments).Aggregate(SettingKey.Root, static (k, n) => k.Append(n.Length <= 64 ? n : n[..64] + "…"));
            findings.Add(new SettingFinding(layer, key, FindingOutcome.Skipped, new Diagnostic(rule, property.NameSpan, message)));
        }
    }

    private Suspects? FindSuspects(SettingNode written)
    {
        if (_schema is null)
        {
            return null;
        }

        var errors = ValueCheck.FindErrors(JsonRendering.ToJson(written), _schema);
        return errors.IsEmpty ? null : new Suspects(errors, ValidationOptions.Default.MaxProblems);
    }

    private SettingNode? Filter(SettingNode node, SettingKey key, Suspects? suspects, bool isSuspect)
    {
        var pointer = suspects is null ? string.Empty : key.Pointer;
        isSuspect |= suspects is not null && suspects.IncludeAllIn(pointer);
        var mayBeRefused = isSuspect || (suspects is not null && suspects.Include(pointer));
        if (!node.IsObject)
        {
            return FilterValue(node, key, mayBeRefused);
        }

        if (node.Members.IsEmpty)
        {
            return mayBeRefused && !key.IsRoot && IsRefused(node, key, "{}"u8.ToArray(), out var fault) ? Skip(key, fault) : node;
        }

        ImmutableArray<SettingMember>.Builder? changed = null;
        for (var i = 0; i < node.Members.Length; i++)
        {
            var member = node.Members[i];
            var kept = Filter(member.Node, key.Append(member.Name), suspects, isSuspect);
            if (!ReferenceEquals(kept, member.Node) && changed is null)
            {
                changed = ImmutableArray.CreateBuilder<SettingMember>(node.Members.Length);
                changed.AddRange(node.Members.AsSpan()[..i]);
            }

            if (kept is not null)
            {
                changed?.Add(member with { Node = kept });
            }
        }

        if (changed is null)
        {
            return node;
        }

        // An object of which nothing can be served must not hide what weaker layers have.
        return changed.Count == 0 && !key.IsRoot ? null : SettingNode.Object(changed.ToImmutable(), node.Origin);
    }

    private SettingNode? FilterValue(SettingNode node, SettingKey key, bool isSuspect)
    {
        if (!isSuspect || !IsRefused(node, key, JsonRendering.ToJson(node.Value), out var fault))
        {
            return node;
        }

        foreach (var candidate in ValueCoercion.Candidates(node.Value, fault))
        {
            if (ValueCheck.Find(key, candidate.Text.Memory, _schema!) is null)
            {
                _findings.Add(new SettingFinding(_layer, key, FindingOutcome.Coerced, fault));
                return SettingNode.Leaf(candidate.Root, node.Origin);
            }
        }

        return Skip(key, fault);
    }

    private bool IsRefused(SettingNode node, SettingKey key, ReadOnlyMemory<byte> value, [NotNullWhen(true)] out Diagnostic? fault)
    {
        fault = ValueCheck.Find(key, value, _schema!) is { } found ? found with { Span = node.Origin.Span, Related = [] } : null;
        return fault is not null;
    }

    private SettingNode? Skip(SettingKey key, Diagnostic fault)
    {
        _findings.Add(new SettingFinding(_layer, key, FindingOutcome.Skipped, fault));
        return null;
    }

    /// <summary>Collects the members of one object; a later one of a name takes the place of an earlier one.</summary>
    private sealed class ObjectBuilder(SettingOrigin origin)
    {
        private readonly List<(string Name, SettingNode? Node, ObjectBuilder? Object)> _members = [];
        private readonly Dictionary<string, int> _positions = new(StringComparer.Ordinal);

        public void Set(string name, SettingNode node) => Put(name, node, null);

        public ObjectBuilder Enter(string name, SettingOrigin origin)
        {
            if (_positions.TryGetValue(name, out var position) && _members[position].Object is { } known)
            {
                return known;
            }

            var inner = new ObjectBuilder(origin);
            Put(name, null, inner);
            return inner;
        }

        public SettingNode ToNode() =>
            SettingNode.Object([.. _members.Select(static m => new SettingMember(m.Name, m.Node ?? m.Object!.ToNode()))], origin);

        private void Put(string name, SettingNode? node, ObjectBuilder? inner)
        {
            if (_positions.TryGetValue(name, out var position))
            {
                _members[position] = (name, node, inner);
                return;
            }

            _positions.Add(name, _members.Count);
            _members.Add((name, node, inner));
        }
    }
}
