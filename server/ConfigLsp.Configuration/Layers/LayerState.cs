namespace ConfigLsp.Configuration.Layers;

/// <summary>How the content of a layer was come by.</summary>
public enum LayerState
{
    /// <summary>The source has not been read yet.</summary>
    NotLoaded,

    /// <summary>The last attempt to read the source gave what is served.</summary>
    Loaded,

    /// <summary>The document of the source is not there.</summary>
    Missing,

    /// <summary>The last attempt failed; what an earlier one gave is served.</summary>
    LastGood,

    /// <summary>The source could never be read.</summary>
    Failed,

    /// <summary>The source is not used, for instance because the workspace is not trusted.</summary>
    Refused,
}
