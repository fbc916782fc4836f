using System.Collections.Immutable;
using System.Globalization;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Core.Features.Symbols;

/// <summary>The keys of a settings file for a search over many files, each with the way to it.</summary>
public static class KeySymbols
{
    /// <summary>Nobody searches for a key that is longer.</summary>
    private const int MaxKeyLength = 1024;

    private const int MaxDepth = 32;

    /// <summary>The keys, outer ones first, at most <paramref name="limit"/>; the items of arrays are passed through by their positions.</summary>
    public static ImmutableArray<KeySymbol> List(SyntaxTree tree, int limit, CancellationToken cancellationToken)
    {
        var found = ImmutableArray.CreateBuilder<KeySymbol>();
        var pending = new Queue<(SyntaxNode Value, string Key, int Depth)>();
        if (!tree.Root.IsNone)
        {
            pending.Enqueue((tree.Root, string.Empty, 0));
        }

        while (pending.TryDequeue(out var next))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var position = 0;
            foreach (var child in next.Value.Children)
            {
                if (found.Count >= limit)
                {
                    return found.ToImmutable();
                }

                var isProperty = child.Kind == SyntaxKind.Property;
                var name = isProperty ? child.GetString() : position++.ToString(CultureInfo.InvariantCulture);
                var key = next.Key.Length == 0 ? name : $"{next.Key}.{name}";
                if (key.Length is 0 or > MaxKeyLength)
                {
                    continue;
                }

                var value = isProperty ? child.Value : child;
                if (isProperty)
                {
                    found.Add(new KeySymbol(key, next.Key, value.Kind, child.NameSpan));
                }

                if (value.Kind is SyntaxKind.Object or SyntaxKind.Array && next.Depth < MaxDepth)
                {
                    pending.Enqueue((value, key, next.Depth + 1));
                }
            }
        }

        return found.ToImmutable();
    }

    /// <summary>
    /// How well a key fits what a person typed: its characters must occur in that order, letters in either case. Those that stand together, or begin
    /// a word, count more. Null where it does not fit; an empty query fits everything.
    /// </summary>
    public static int? Match(string key, string query)
    {
        var (at, score, run) = (0, 0, 0);
        foreach (var c in query)
        {
            if (char.IsWhiteSpace(c))
            {
                continue;
            }

            var wanted = char.ToUpperInvariant(c);
            var start = at;
            while (at < key.Length && char.ToUpperInvariant(key[at]) != wanted)
            {
                at++;
            }

            if (at == key.Length)
            {
                return null;
            }

            run = at == start ? run + 1 : 1;
            score += run + (IsWordStart(key, at) ? 4 : 0);
            at++;
        }

        // Of keys that fit alike the shorter one is meant.
        return (score * 64) - Math.Min(key.Length, 63);
    }

    private static bool IsWordStart(string key, int at) =>
        at == 0 || !char.IsLetterOrDigit(key[at - 1]) || (char.IsUpper(key[at]) && !char.IsUpper(key[at - 1]));
}

/// <summary>A key of a file.</summary>
/// <param name="Key">The names on the way to it with dots between them.</param>
/// <param name="Container">The same of what is around it; empty at the top.</param>
/// <param name="Kind">The kind of its value.</param>
/// <param name="Span">The key with its quotes.</param>
public sealed record KeySymbol(string Key, string Container, SyntaxKind Kind, TextSpan Span);
