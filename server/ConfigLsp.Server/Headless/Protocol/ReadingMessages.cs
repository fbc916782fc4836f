using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ConfigLsp.Configuration.Service;

namespace ConfigLsp.Server.Headless.Protocol;

/// <summary>What every method takes: which of the served folders it is about.</summary>
internal abstract record WorkspaceParams
{
    /// <summary>A path or <c>file:</c> URI of a served folder, or null for the connection's own.</summary>
    public string? Workspace { get; init; }
}

internal sealed record OnlyWorkspaceParams : WorkspaceParams;

internal sealed record GetParams : WorkspaceParams
{
    public required IReadOnlyList<KeyName> Keys { get; init; }

    public RawJson? Default { get; init; }

    public long? MaxStaleMs { get; init; }

    public string? Source { get; init; }
}

/// <summary>The answer to <c>get</c>, written without an object for each item.</summary>
/// <param name="Revision">The newest revision of the workspace.</param>
/// <param name="Items">The answers; default where there is one only.</param>
/// <param name="RequestId">Names the reply in the errors of its items.</param>
[JsonConverter(typeof(GetReplyConverter))]
internal readonly record struct GetReply(long Revision, ImmutableArray<SettingAnswer> Items, string RequestId)
{
    public GetReply(long revision, SettingAnswer only)
        : this(revision, default, string.Empty) => Only = only;

    /// <summary>The one answer; null where there are <see cref="Items"/>.</summary>
    public SettingAnswer? Only { get; }
}

internal sealed record ListParams : WorkspaceParams
{
    public string? Prefix { get; init; }

    public int? Limit { get; init; }

    public string? Cursor { get; init; }
}

internal sealed record ListReply(long Revision, IReadOnlyList<string> Keys, string? Cursor);

internal sealed record EffectiveParams : WorkspaceParams
{
    public string? Section { get; init; }

    public string? Format { get; init; }

    public string? Prefix { get; init; }
}

internal sealed record EffectiveReply(RawJson? Document, string? Text, IReadOnlyList<string> RedactedKeys);

internal sealed record InspectParams : WorkspaceParams
{
    public KeyName? Key { get; init; }

    public KeyName? Path { get; init; }
}

internal sealed record InspectReply(
    string Key,
    AnswerBody Effective,
    bool IsSecret,
    RawJson? Default,
    IReadOnlyList<ContributionBody> Sources,
    SchemaBody? Schema,
    IReadOnlyList<string> WritableSources);

internal sealed record AnswerBody(RawJson? Value, string? Source, string Freshness, long Revision);

internal sealed record ContributionBody(string Source, string Use, RawJson? Value, PlaceBody? Place, string? Variable, DiagnosticBody? Problem);

internal sealed record SchemaBody(string? Title, string? Description, string? Type, bool Deprecated, string? Unit, RawJson? Json);

/// <param name="Uri">The file.</param>
/// <param name="Range">Lines and UTF-16 columns from 0, as in LSP.</param>
internal sealed record PlaceBody(string Uri, TextRange Range);

internal sealed record TextRange(TextPosition Start, TextPosition End);

internal sealed record TextPosition(int Line, int Character);

internal sealed record ValidateParams : WorkspaceParams
{
    public string? Uri { get; init; }

    public string? Content { get; init; }

    public IReadOnlyList<OperationBody>? Operations { get; init; }

    public string? Source { get; init; }
}

internal sealed record OperationBody
{
    public string? Op { get; init; }

    public KeyName? Key { get; init; }

    public KeyName? Path { get; init; }

    public RawJson? Value { get; init; }
}

internal sealed record ValidateReply(bool Valid, IReadOnlyList<DiagnosticBody> Diagnostics);

/// <param name="Severity">error, warning, information or hint.</param>
/// <param name="Code">The rule, as in docs/rules.</param>
/// <param name="Message">What is wrong, what was expected, what to do.</param>
/// <param name="Place">Where, if that is in a file.</param>
/// <param name="Source">The source of the value, if there is one.</param>
/// <param name="Key">The setting, if it is about one.</param>
internal sealed record DiagnosticBody(string Severity, string Code, string Message, PlaceBody? Place, string? Source, string? Key);
