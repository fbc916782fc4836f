using ConfigLsp.Configuration.Errors;
using ConfigLsp.Configuration.Sources;
using ConfigLsp.Configuration.Workspace;

namespace ConfigLsp.Configuration.Layers;

/// <summary>What one source contributes to the view.</summary>
/// <param name="Name">The name of the source.</param>
/// <param name="Type">The kind of the source.</param>
/// <param name="State">How the content was come by.</param>
public sealed record Layer(string Name, SourceType Type, LayerState State)
{
    /// <summary>The content that is served; null where there is none.</summary>
    public SourceContent? Content { get; init; }

    /// <summary>Of a VS Code settings file the section that counts (<see cref="VsCodeSection"/>); null elsewhere.</summary>
    public string? Section { get; init; }

    /// <summary>The settings in the content as they are written.</summary>
    public SettingNode Written { get; init; } = SettingNode.Empty;

    /// <summary>The settings in the content that can be served: coerced where need be, without what the schema refuses.</summary>
    public SettingNode Root { get; init; } = SettingNode.Empty;

    /// <summary>Why the source could not be read the last time, or why it is not used; null where all is well.</summary>
    public ServiceError? Error { get; init; }
}
