using System.Collections.Immutable;
using ConfigLsp.Configuration.Workspace;

namespace ConfigLsp.Configuration.Sources;

/// <summary>The sources of a workspace whose <c>configlsp.json</c> lists none, weakest first. None of them need be there.</summary>
internal static class DefaultSources
{
    public const string User = "user";
    public const string SettingsPath = WorkspaceLocator.SettingsFolder + "/settings.json";
    public const string VariablePrefix = "NOFX_";

    public static ImmutableArray<SourceConfiguration> All { get; } =
    [
        new("defaults", SourceType.Defaults) { Optional = true },
        File(User, "~/" + SettingsPath),
        File("workspace", SettingsPath),
        File("workspace-environment", WorkspaceLocator.SettingsFolder + "/settings.${environment}.json"),
        File("local", WorkspaceLocator.SettingsFolder + "/settings.local.json"),
        new("environment", SourceType.Environment) { Prefix = VariablePrefix, Optional = true },
    ];

    private static SourceConfiguration File(string name, string path) => new(name, SourceType.File) { Path = path, Optional = true };
}
