using ConfigLsp.Configuration.Caching;
using ConfigLsp.Configuration.Documents;
using ConfigLsp.Configuration.Environments;
using ConfigLsp.Configuration.Resilience;
using ConfigLsp.Configuration.Service;
using ConfigLsp.Core.Diagnostics;
using ConfigLsp.Core.Text;
using ConfigLsp.Server.Headless.Protocol;

namespace ConfigLsp.Server.Headless.Api;

/// <summary>What the values of the service are on the wire.</summary>
internal static class Bodies
{
    public static DiagnosticBody Of(Diagnostic diagnostic) => Of(new LocatedDiagnostic(diagnostic, Place: null, Source: null, Key: null));

    public static DiagnosticBody Of(LocatedDiagnostic found) => new(
        ServiceWords.Of(found.Diagnostic.Severity), found.Diagnostic.Descriptor.Id, found.Diagnostic.Message, Of(found.Place), found.Source, found.Key);

    public static PlaceBody? Of(SettingPlace? place) =>
        place is null ? null : new PlaceBody(DocumentUri.FromFilePath(place.File).Text, Range(place.Start, place.End));

    public static TextRange Range(LinePosition start, LinePosition end) =>
        new(new TextPosition(start.Line, start.Character), new TextPosition(end.Line, end.Character));

    public static AnswerBody Of(SettingAnswer answer) => new(RawJson.Of(answer.Value), answer.Source, ServiceWords.Of(answer.Freshness), answer.Revision);

    public static InspectReply Of(SettingInspection inspection) => new(
        inspection.Effective.Key,
        Of(inspection.Effective),
        inspection.IsSecret,
        RawJson.Of(inspection.Default),
        [.. inspection.Sources.Select(Of)],
        inspection.Schema is { } schema
            ? new SchemaBody(schema.Title, schema.Description, schema.Type, schema.IsDeprecated, schema.Unit, RawJson.Of(schema.Json))
            : null,
        inspection.WritableSources);

    public static ContributionBody Of(SettingContribution contribution) => new(
        contribution.Source,
        ServiceWords.Of(contribution.Use),
        RawJson.Of(contribution.Value),
        Of(contribution.Place),
        contribution.Variable,
        contribution.Problem is { } problem ? Of(problem) : null);

    public static UpdateReply Of(UpdateResult result) => new(
        result.Source,
        result.Revision,
        result.IsChanged,
        result.IsPendingSave,
        result.IsReplay,
        result.Etag,
        result.OverriddenBy,
        [.. result.Edits.Select(static edit => new EditBody(Range(edit.Start, edit.End), edit.NewText))],
        [.. result.Diagnostics.Select(Of)]);

    public static HistoryReply Of(HistoryResult history) => new(
        history.Revision,
        [.. history.Items.Select(static item => new HistoryBody(
            item.Revision,
            item.Timestamp,
            item.Source,
            ServiceWords.Of(item.Kind),
            item.Actor,
            [.. item.Keys.Select(static key => new HistoryKeyBody(key.Key, key.Change))],
            item.KeyCount))]);

    public static SourceBody Of(SourceReport source) => new()
    {
        Name = source.Name,
        Type = ServiceWords.Of(source.Type),
        State = ServiceWords.Of(source.State),
        Location = source.Location,
        Writable = source.IsWritable,
        Optional = source.IsOptional,
        Required = source.IsRequired,
        LoadedAt = source.LoadedAt,
        DurationMs = Milliseconds(source.Duration),
        Size = source.Size,
        Failures = source.Failures,
        Breaker = Of(source.Breaker),
        Error = source.Error is { } error ? ErrorMapping.ToBody(error) : null,
    };

    public static BreakerBody Of(BreakerSnapshot breaker) => new(
        ServiceWords.Of(breaker.State),
        breaker.ConsecutiveFailures,
        breaker.RetryAfter is { } after ? (long)Math.Ceiling(after.TotalMilliseconds) : null,
        breaker.OpenedAt,
        breaker.LastError);

    public static ProbeBody Of(SourceProbe probe) => new(
        probe.Name, ServiceWords.Of(probe.Status), Milliseconds(probe.Duration), probe.Size, probe.Error is { } error ? ErrorMapping.ToBody(error) : null);

    public static CacheBody Of(CacheStatistics cache) =>
        new(cache.IsEnabled, (long)cache.TimeToLive.TotalMilliseconds, cache.Hits, cache.Misses, cache.Size);

    public static EnvironmentBody Of(DetectedEnvironment environment) => new(
        environment.Name,
        environment.DetectedBy,
        [.. environment.Trail.Select(static step => new EnvironmentStepBody(step.Where, step.Value, ServiceWords.Of(step.Outcome)))]);

    public static ChangeBody Of(SettingChange change) => new(
        change.Key, RawJson.Of(change.Old), RawJson.Of(change.New), change.Source, change.IsRedacted ? true : null);

    private static double Milliseconds(TimeSpan time) => Math.Round(time.TotalMilliseconds, 3);
}
