using ConfigLsp.Configuration.Workspace;
using ConfigLsp.Core.Schema;

namespace ConfigLsp.Configuration.Sources;

/// <summary>Settings in environment variables; <see cref="VariableDocument"/> says how their names and values are understood.</summary>
/// <param name="name">How logs, health and the API call it.</param>
/// <param name="prefix">How the names of its variables start, in any case.</param>
/// <param name="variables">All variables.</param>
/// <param name="schema">The schema of the settings; null while it is not known, and then names are only converted.</param>
public sealed class EnvironmentVariablesSource(
    string name, string prefix, Func<IEnumerable<KeyValuePair<string, string>>> variables, Func<JsonSchema?> schema) : ISettingsSource
{
    /// <inheritdoc />
    public string Name => name;

    /// <inheritdoc />
    public SourceType Type => SourceType.Environment;

    /// <inheritdoc />
    public string? WritablePath => null;

    /// <inheritdoc />
    public string? Location => prefix + "*";

    /// <summary>The variables of this process.</summary>
    public static IEnumerable<KeyValuePair<string, string>> OfProcess()
    {
        foreach (System.Collections.DictionaryEntry entry in Environment.GetEnvironmentVariables())
        {
            if (entry is { Key: string key, Value: string value })
            {
                yield return new(key, value);
            }
        }
    }

    /// <summary>Does nothing: nobody changes the variables of a process from outside.</summary>
    public void Watch(Action changed)
    {
    }

    /// <inheritdoc />
    public ValueTask<SourceReading> LoadAsync(SourceContent? previous, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var content = VariableDocument.Create(variables(), prefix, schema() ?? JsonSchema.Anything);
        return new ValueTask<SourceReading>(new SourceReading.Loaded(previous is not null && previous.Hash == content.Hash ? previous : content));
    }

    /// <inheritdoc />
    public void Dispose()
    {
    }
}
