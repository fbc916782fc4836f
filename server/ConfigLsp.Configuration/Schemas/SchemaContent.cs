using ConfigLsp.Core.Text;

namespace ConfigLsp.Configuration.Schemas;

/// <summary>What reading a schema document gave: <see cref="Loaded"/> or <see cref="Failed"/>.</summary>
public abstract record SchemaContent
{
    private SchemaContent()
    {
    }

    /// <summary>A failure with its reason.</summary>
    public static SchemaContent Failure(string reason, bool mayPass = false) => new Failed(reason) { MayPass = mayPass };

    /// <summary>The document was read.</summary>
    /// <param name="Text">Its text.</param>
    public sealed record Loaded(SourceText Text) : SchemaContent
    {
        /// <summary>Where it was read.</summary>
        public SchemaOrigin Origin { get; init; } = SchemaOrigin.Client;
    }

    /// <summary>The document was not read.</summary>
    /// <param name="Reason">Why, and what to do: a sentence for people.</param>
    public sealed record Failed(string Reason) : SchemaContent
    {
        /// <summary>Whether trying again later, without any change here, may succeed.</summary>
        public bool MayPass { get; init; }

        /// <summary>Whether only the missing trust in the workspace stands in the way.</summary>
        public bool NeedsTrust { get; init; }

        /// <summary>Whether only missing trust in the host stands in the way.</summary>
        public bool NeedsHostTrust { get; init; }

        /// <summary>After what time it is tried again by itself, without anybody asking; null if that is not done.</summary>
        public TimeSpan? RetryAfter { get; init; }

        /// <summary>The reason for reports that are passed on: no sentence, no path, no address; null where it cannot be said so.</summary>
        public string? Brief { get; init; }
    }
}
