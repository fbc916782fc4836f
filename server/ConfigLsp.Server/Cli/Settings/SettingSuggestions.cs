using System.CommandLine;
using System.CommandLine.Completions;
using ConfigLsp.Configuration.Service;
using ConfigLsp.Core.Schema;
using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Server.Cli.Settings;

/// <summary>What a shell can complete: keys, their values, and sources of the workspace. Writes nothing, and says nothing where that fails.</summary>
internal sealed class SettingSuggestions(CommandLineHost host)
{
    /// <summary>The keys of the schema and those that are set.</summary>
    public void AddKeys(Argument argument) => argument.CompletionSources.Add(context => IsTyped(context, argument) ? [] : Complete(context, async session =>
    {
        var view = await session.Service.GetSnapshotAsync(CancellationToken.None);
        var listed = await session.Service.ListAsync(prefix: null, 10_000, cursor: null, CancellationToken.None);
        return (view.Schema is { } schema ? KeySpelling.KeysOf(schema) : []).Concat(listed.IsSuccess ? listed.Value.Keys : []);
    }));

    /// <summary>The values that the schema lists for the key that stands before.</summary>
    public void AddValues(Argument argument, Argument<string> keyArgument) => argument.CompletionSources.Add(context => Complete(context, async session =>
        context.ParseResult.GetResult(keyArgument) is { Tokens: [{ Value: var text }] }
        && new KeyText(text).Parse().TryGet(out var key, out _)
        && await session.GetSchemaAsync(CancellationToken.None) is { } schema
            ? ValuesOf(SchemaKeys.Find(schema, key.Segments))
            : []));

    /// <summary>The names of the sources.</summary>
    public void AddSources(Symbol symbol, bool onlyWritable)
    {
        var sources = symbol is Argument argument ? argument.CompletionSources : ((Option)symbol).CompletionSources;
        sources.Add(context => Complete(context, session => Task.FromResult(session.Service.ListSources().Where(s => s.IsWritable || !onlyWritable).Select(static s => s.Name))));
    }

    /// <summary>Whether an argument of one word has it already, so that another one is asked for.</summary>
    private static bool IsTyped(CompletionContext context, Argument argument) =>
        argument.Arity.MaximumNumberOfValues == 1 && context.ParseResult.GetResult(argument) is { Tokens: [{ Value: var word }] } && word != context.WordToComplete;

    private static IEnumerable<string> ValuesOf(SchemaKey key)
    {
        if (key.IsSecret)
        {
            return [];
        }

        var isText = key.Types == InstanceTypes.String;
        SyntaxNode[] nodes = [.. key.Enum.IsNone ? [] : key.Enum.Children.ToArray(), key.Default];
        var listed = nodes.Where(static n => !n.IsNone).Select(n => isText && n.Kind == SyntaxKind.String ? n.GetString() : n.Tree.Text.ToString(n.Span));
        return ((key.Types & ~InstanceTypes.Null) == InstanceTypes.Boolean ? ["true", "false"] : Array.Empty<string>()).Concat(listed).Where(static v => v.Length > 0);
    }

    private IEnumerable<CompletionItem> Complete(CompletionContext context, Func<SettingsSession, Task<IEnumerable<string>>> find)
    {
        var named = context.ParseResult.CommandResult.Command.Options.FirstOrDefault(static o => o.Name == "--workspace") as Option<string>;
        var scope = new SettingsScope(named is null ? null : context.ParseResult.GetValue(named), Environment: null, IsTrusted: false, IsJson: false);

        // The shell waits on the main thread, which has nothing else to do; nothing else runs that could want it.
        var words = Task.Run(async () =>
        {
            if (SettingsSession.TryOpen(host, scope, needsRevisions: false, out var session) is not null || session is null)
            {
                return [];
            }

            await using (session)
            {
                return (await find(session)).ToList();
            }
        }).GetAwaiter().GetResult();
        return words.Where(w => w.StartsWith(context.WordToComplete, StringComparison.OrdinalIgnoreCase)).Distinct(StringComparer.Ordinal).Select(static w => new CompletionItem(w));
    }
}
