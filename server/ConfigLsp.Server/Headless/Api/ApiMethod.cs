using System.Collections.Immutable;

namespace ConfigLsp.Server.Headless.Api;

/// <summary>
/// One method or notification of the service as a reader of <c>docs/api.md</c> sees it. Registration needs one of these, so there is no method
/// without a description.
/// </summary>
/// <param name="Name">The name on the wire.</param>
/// <param name="Summary">What it does, in one sentence.</param>
internal sealed record ApiMethod(string Name, string Summary)
{
    /// <summary>The members of <c>params</c>, beside <c>workspace</c> where <see cref="TakesWorkspace"/>.</summary>
    public ImmutableArray<ApiField> Parameters { get; init; } = [];

    /// <summary>The members of the result.</summary>
    public ImmutableArray<ApiField> Result { get; init; } = [];

    /// <summary>Whether it is about one of the served folders.</summary>
    public bool TakesWorkspace { get; init; } = true;

    /// <summary>More for the reader: paragraphs of Markdown.</summary>
    public string? Notes { get; init; }

    /// <summary>JSON of <c>params</c>.</summary>
    public string ExampleParams { get; init; } = "{}";

    /// <summary>JSON of the result; null for a notification.</summary>
    public string? ExampleResult { get; init; }
}

/// <summary>A member of parameters or of a result.</summary>
/// <param name="Name">Its name; a trailing <c>?</c> says that it may be absent.</param>
/// <param name="Type">Its type, for a reader.</param>
/// <param name="Meaning">What it says: unit, range, default.</param>
internal sealed record ApiField(string Name, string Type, string Meaning)
{
    /// <summary>The name on the wire.</summary>
    public string Member => Name.TrimEnd('?');

    /// <summary>Whether it may be absent.</summary>
    public bool IsOptional => Name.EndsWith('?');
}
