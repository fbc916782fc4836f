using System.Collections.Immutable;
using System.Text;
using ConfigLsp.Configuration.Workspace;

namespace ConfigLsp.Configuration.Environments;

/// <summary>
/// Finds the environment whose settings apply. The first of these that names one decides: the caller, <c>CONFIGLSP_ENV</c>,
/// <c>CONFIG_ENV</c>, <c>configlsp.json</c>, <c>DOTNET_ENVIRONMENT</c>, <c>NODE_ENV</c>, a word of the host name (only where
/// <c>configlsp.json</c> asks for detection), and else <c>production</c>. The first four may state a name of one's own; in the other places,
/// which were not made for this program, only the usual environments count.
/// </summary>
public static class EnvironmentDetector
{
    private const int MaxShown = 80;
    private const string HostNamePlace = "host name";
    private const string DefaultPlace = "default";

    /// <summary>Looks in all places, in order. Never fails: what is not understood is a warning, and the search goes on.</summary>
    public static DetectedEnvironment Detect(EnvironmentInputs inputs)
    {
        var search = new Search();
        var found = search.Try(inputs.ExplicitOrigin, inputs.Explicit, allowsOwn: true)
            ?? search.Try("CONFIGLSP_ENV", inputs.Variable("CONFIGLSP_ENV"), allowsOwn: true)
            ?? search.Try("CONFIG_ENV", inputs.Variable("CONFIG_ENV"), allowsOwn: true)
            ?? search.Try(WorkspaceConfiguration.FileName, inputs.Configured, allowsOwn: true)
            ?? search.Try("DOTNET_ENVIRONMENT", inputs.Variable("DOTNET_ENVIRONMENT"), allowsOwn: false)
            ?? search.Try("NODE_ENV", inputs.Variable("NODE_ENV"), allowsOwn: false)
            ?? search.TryHost(inputs.HostName, inputs.Configured is EnvironmentName.Auto)
            ?? search.Choose(DefaultPlace, value: null, EnvironmentName.Production);
        return new DetectedEnvironment(found, search.Trail[^1].Where, search.Trail.ToImmutable(), search.Warnings.ToImmutable());
    }

    /// <summary>A value from anywhere, fit to be shown.</summary>
    private static string Show(string value)
    {
        var shown = new StringBuilder();
        foreach (var rune in value.EnumerateRunes())
        {
            if (shown.Length >= MaxShown)
            {
                return shown.Append('…').ToString();
            }

            shown.Append(Rune.IsControl(rune) || rune.Value is 0x2028 or 0x2029 ? Rune.ReplacementChar : rune);
        }

        return shown.ToString();
    }

    private sealed class Search
    {
        public ImmutableArray<EnvironmentStep>.Builder Trail { get; } = ImmutableArray.CreateBuilder<EnvironmentStep>();

        public ImmutableArray<string>.Builder Warnings { get; } = ImmutableArray.CreateBuilder<string>();

        public string? Try(string place, string? value, bool allowsOwn)
        {
            var text = value?.Trim();
            if (string.IsNullOrEmpty(text))
            {
                return Pass(place, value: null, EnvironmentOutcome.NotSet);
            }

            if (allowsOwn && text.Equals(EnvironmentName.Auto, StringComparison.OrdinalIgnoreCase))
            {
                return Pass(place, text, EnvironmentOutcome.Automatic);
            }

            if ((EnvironmentName.TryParse(text, out var own) && allowsOwn ? own : EnvironmentName.FindUsual(text)) is { } name)
            {
                return Choose(place, text, name);
            }

            var expected = allowsOwn
                ? EnvironmentName.Grammar
                : "there only development, testing, staging and production (or dev, test, stage and prod) count; name one of your own by --env or CONFIGLSP_ENV";
            Warnings.Add($"'{Show(text)}' in {place} is no environment: {expected}. It is passed over.");
            return Pass(place, text, EnvironmentOutcome.Unknown);
        }

        public string? TryHost(string host, bool isAsked)
        {
            if (!isAsked)
            {
                return Pass(HostNamePlace, host, EnvironmentOutcome.NotAsked);
            }

            // Whole words only, so that device-1 is not taken for a machine of developers.
            string? found = null;
            foreach (var word in host.Split(['-', '.', '_', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9'], StringSplitOptions.RemoveEmptyEntries))
            {
                var name = EnvironmentName.FindUsual(word);
                if (found is not null && name is not null && name != found)
                {
                    Warnings.Add($"The host name '{Show(host)}' names two environments, {found} and {name}: none of them is taken. State the environment in {WorkspaceConfiguration.FileName} or by CONFIGLSP_ENV.");
                    return Pass(HostNamePlace, host, EnvironmentOutcome.Ambiguous);
                }

                found ??= name;
            }

            return found is null ? Pass(HostNamePlace, host, EnvironmentOutcome.Unknown) : Choose(HostNamePlace, host, found);
        }

        public string Choose(string place, string? value, string name)
        {
            Trail.Add(new EnvironmentStep(place, value is null ? null : Show(value), EnvironmentOutcome.Chosen));
            return name;
        }

        private string? Pass(string place, string? value, EnvironmentOutcome outcome)
        {
            Trail.Add(new EnvironmentStep(place, value is null ? null : Show(value), outcome));
            return null;
        }
    }
}
