using System.Collections.Immutable;
using ConfigLsp.Configuration.Documents;
using ConfigLsp.Configuration.Globbing;
using ConfigLsp.Configuration.Resilience;
using ConfigLsp.Configuration.Schemas;
using ConfigLsp.Core.Syntax;
using ConfigLsp.Core.Syntax.Json;
using ConfigLsp.Core.Text;

namespace ConfigLsp.Configuration.Workspace;

/// <summary>
/// Reads <c>configlsp.json</c> and takes what is understandable. What is not is left out without a word here: the file's own schema reports it
/// where the file is checked.
/// </summary>
public static class WorkspaceFile
{
    // As in the schema of the file; beyond them it is reported and not used.
    private const int MaxSources = 64;
    private const int MaxSchemas = 1000;

    /// <summary>Reads the file.</summary>
    /// <param name="uri">The file, against which relative references resolve.</param>
    /// <param name="text">Its content.</param>
    /// <param name="ignoreCase">Whether its patterns match letters in either case.</param>
    public static WorkspaceConfiguration Parse(DocumentUri uri, SourceText text, bool ignoreCase = false)
    {
        var root = JsonParser.Parse(text).Root;
        var cache = root.Property("cache"u8);
        return new WorkspaceConfiguration
        {
            Uri = uri,
            Schema = SchemaNodes.ReadReference(root.Property("schema"u8), root.Property("schema"u8), uri, "/schema"),
            Environment = root.Property("environment"u8).Text(),
            Cache = new CacheConfiguration
            {
                Enabled = cache.Property("enabled"u8).Flag() ?? true,
                TtlMs = cache.Property("ttlMs"u8).Integer(0, CacheConfiguration.MaxTtlMs) ?? 60_000,
            },
            Sources = ReadSources(root.Property("sources"u8)),
            Resilience = ReadResilience(root.Property("resilience"u8)),
            Schemas = ReadSchemas(root.Property("schemas"u8), uri, ignoreCase),
        };
    }

    private static ImmutableArray<SourceConfiguration> ReadSources(SyntaxNode array)
    {
        var sources = ImmutableArray.CreateBuilder<SourceConfiguration>();
        foreach (var node in array.Elements(MaxSources))
        {
            SourceType? type = node.Property("type"u8).Text() switch
            {
                "defaults" => SourceType.Defaults,
                "file" => SourceType.File,
                "vscode" => SourceType.VsCode,
                "environment" => SourceType.Environment,
                "http" => SourceType.Http,
                _ => null,
            };
            if (type is null || node.Property("name"u8).Text() is not { } name)
            {
                continue;
            }

            sources.Add(new SourceConfiguration(name, type.Value)
            {
                Path = node.Property("path"u8).Text(),
                Url = node.Property("url"u8).Text(),
                Prefix = node.Property("prefix"u8).Text(),
                Section = node.Property("section"u8).Text(),
                Format = node.Property("format"u8).Text(),
                Optional = node.Property("optional"u8).Flag() ?? false,
                Required = node.Property("required"u8).Flag() ?? false,
                RefreshMs = node.Property("refreshMs"u8).Integer(1000, 86_400_000),
                Resilience = ReadResilience(node.Property("resilience"u8)),
                Span = node.Span,
            });
        }

        return sources.DrainToImmutable();
    }

    private static ResilienceConfiguration? ReadResilience(SyntaxNode node)
    {
        if (node.Kind != SyntaxKind.Object)
        {
            return null;
        }

        var retry = node.Property("retry"u8);
        var breaker = node.Property("circuitBreaker"u8);
        return new ResilienceConfiguration
        {
            TotalTimeoutMs = node.Property("totalTimeoutMs"u8).Integer(100, 600_000),
            AttemptTimeoutMs = node.Property("attemptTimeoutMs"u8).Integer(100, 600_000),
            MaxConcurrent = node.Property("maxConcurrent"u8).Integer(1, 64),
            MaxAttempts = retry.Property("maxAttempts"u8).Integer(1, 10),
            BaseDelayMs = retry.Property("baseDelayMs"u8).Integer(0, 60_000),
            Factor = retry.Property("factor"u8).Number(1, 10),
            MaxDelayMs = retry.Property("maxDelayMs"u8).Integer(0, 600_000),
            Jitter = retry.Property("jitter"u8).Flag(),
            FailureThreshold = breaker.Property("failureThreshold"u8).Integer(1, 1000),
            OpenMs = breaker.Property("openMs"u8).Integer(100, 3_600_000),
        };
    }

    private static ImmutableArray<SchemaAssociation> ReadSchemas(SyntaxNode array, DocumentUri uri, bool ignoreCase)
    {
        var associations = ImmutableArray.CreateBuilder<SchemaAssociation>();
        var index = -1;
        foreach (var node in array.Elements(MaxSchemas))
        {
            index++;
            // A schema in the file gets no URI of the file's choosing, with which it could stand in for another schema.
            var inline = node.Property("schema"u8);
            var schema = SchemaNodes.ReadReference(inline.IsNone ? node.Property("url"u8) : default, inline, uri, $"/schemas/{index}/schema");
            if (schema is not null && SchemaNodes.IsPointer(node.Property("at"u8).Text() ?? string.Empty))
            {
                var patterns = GlobSet.Create(node.Property("fileMatch"u8).Texts(), ignoreCase);
                associations.Add(new SchemaAssociation(patterns, schema) { At = node.Property("at"u8).Text() ?? string.Empty });
            }
        }

        return associations.DrainToImmutable();
    }
}
