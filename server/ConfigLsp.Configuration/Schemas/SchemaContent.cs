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
    public sealed record Loaded(SourceText Text) : SchemaContent;

    /// <summary>The document was not read.</summary>
    /// <param name="Reason">Why, and what to do: a sentence for people.</param>
    public sealed record Failed(string Reason) : SchemaContent
    {
        /// <summary>Whether trying again later, without any change here, may succeed.</summary>
        public bool MayPass { get; init; }

        /// <summary>Whether only the missing trust in the workspace stands in the way.</summary>
        public bool NeedsTrust { get; init; }
    }
}

/// <summary>Reads schema documents: the port between the store and the places where schemas are.</summary>
public interface ISchemaContentSource
{
    /// <summary>Reads a document. Expected failures are results; an exception is a bug, except that of a cancelled call.</summary>
    /// <param name="uri">The absolute URI, without fragment.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<SchemaContent> ReadAsync(string uri, CancellationToken cancellationToken);
}
