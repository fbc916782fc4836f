using ConfigLsp.Core.Features.Validation;
using ConfigLsp.Server.Lsp.Documents;
using CoreDiagnostic = ConfigLsp.Core.Diagnostics.Diagnostic;

namespace ConfigLsp.Server.Lsp.Diagnostics;

/// <summary>The publishing of one document's findings. Guarded by the publisher's lock, except for the figures that only the running job uses.</summary>
internal sealed class PublishingJob
{
    /// <summary>A person should not wait longer than this for the end of a rest.</summary>
    private static readonly TimeSpan LongestRest = TimeSpan.FromMilliseconds(300);

    private TimeSpan _cost;
    private OpenDocument? _lastDocument;
    private DiagnosticSet? _lastSet;

    /// <summary>The version to compute next.</summary>
    public OpenDocument? Next { get; set; }

    /// <summary>Cancels the version that is being computed.</summary>
    public CancellationTokenSource? Running { get; set; }

    public bool IsRunning { get; set; }

    public bool IsClosed { get; set; }

    public bool IsBusy => IsRunning || Next is not null;

    /// <summary>How long to wait for further changes before computing: nothing, unless the last computation was in vain.</summary>
    public TimeSpan Rest { get; private set; }

    public void Finished(TimeSpan cost)
    {
        _cost = cost;
        Rest = TimeSpan.Zero;
    }

    /// <param name="spent">What the computation had cost when it was given up.</param>
    public void Superseded(TimeSpan spent)
    {
        _cost = spent > _cost ? spent : _cost;
        Rest = _cost < LongestRest ? _cost : LongestRest;
    }

    /// <summary>Whether the client has exactly these findings for this version already.</summary>
    public bool IsRepeated(OpenDocument document, DiagnosticSet set) =>
        ReferenceEquals(document, _lastDocument) && _lastSet is { } last && last.Diagnostics.SequenceEqual(set.Diagnostics, SameForPeople.Instance);

    public void Published(OpenDocument document, DiagnosticSet set)
    {
        _lastDocument = document;
        _lastSet = set;
    }

    private sealed class SameForPeople : IEqualityComparer<CoreDiagnostic>
    {
        public static SameForPeople Instance { get; } = new();

        public bool Equals(CoreDiagnostic? left, CoreDiagnostic? right) =>
            left!.Descriptor == right!.Descriptor && left.Span == right.Span && left.Severity == right.Severity && left.Message == right.Message;

        public int GetHashCode(CoreDiagnostic diagnostic) => diagnostic.Span.GetHashCode();
    }
}
