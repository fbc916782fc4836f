using ConfigLsp.Core.Syntax;

namespace ConfigLsp.Core.Schema.Keywords;

/// <summary>
/// One demand of a schema. It has two modes that must agree: <see cref="IsValid"/> answers fast and without allocation, and
/// <see cref="Explain"/>, used only for what failed, reports something exactly when the answer is no. Instances are values, never gaps.
/// </summary>
internal abstract class Keyword(KeywordSite site, InstanceTypes looksAt)
{
    /// <summary>Where the keyword is written.</summary>
    public KeywordSite Site { get; } = site;

    /// <summary>The types of instances that the keyword says anything about.</summary>
    public InstanceTypes LooksAt { get; } = looksAt;

    /// <summary>Rough cost of evaluation; cheap keywords run first.</summary>
    public virtual int Cost => 0;

    /// <summary>Whether a schema that the keyword leads to may have a warning for a valid value.</summary>
    public bool MayWarn { get; set; } = true;

    /// <summary>The demand in words that follow what is demanded of (<c>of at least 5</c>), or null if a few words cannot say it.</summary>
    public virtual string? Qualifier => null;

    /// <summary>The schemas that the keyword leads to.</summary>
    public virtual IEnumerable<SchemaEdge> Edges => [];

    /// <summary>Whether the instance satisfies the keyword.</summary>
    public abstract bool IsValid(Evaluation evaluation, SyntaxNode instance);

    /// <summary>Reports why the instance does not satisfy the keyword, and warnings of the schemas below.</summary>
    public abstract void Explain(Explanation explanation, SyntaxNode instance);

    /// <summary>Hands on every schema that the keyword may apply, with the instance concerned, whether or not it fits.</summary>
    public virtual void Follow(SyntaxNode instance, Action<SchemaNode, SyntaxNode> visit)
    {
    }

    /// <summary>
    /// Hands on the schemas that the keyword applies to the instance and its parts, with the instance concerned: those whose annotations count
    /// where they fit (2020-12 Core, section 7.7), and whose failures are the keyword's own where they do not.
    /// </summary>
    public virtual void Apply(Evaluation evaluation, SyntaxNode instance, Action<SchemaNode, SyntaxNode> visit) => Follow(instance, visit);

    /// <summary>Whether the keyword demands no more than that its subschemas fit, so that their failures say all.</summary>
    public virtual bool OnlyApplies => false;

    /// <summary>Where the keyword demands something of this instance itself that is not satisfied; null where it is, or only a subschema fails.</summary>
    public virtual KeywordSite? FindFailure(Evaluation evaluation, SyntaxNode instance) => OnlyApplies || IsValid(evaluation, instance) ? null : Site;

    /// <summary>Marks the properties or items that the keyword has looked at, for <c>unevaluatedProperties</c> and <c>unevaluatedItems</c>.</summary>
    public virtual void CollectEvaluated(Evaluation evaluation, SyntaxNode instance, EvaluatedSet evaluated)
    {
    }
}

/// <summary>A schema that another one leads to.</summary>
/// <param name="Target">The schema.</param>
/// <param name="InPlace">Whether it is about the same instance rather than a part of it.</param>
internal sealed record SchemaEdge(SchemaNode Target, bool InPlace);

/// <summary>Where a keyword is written.</summary>
/// <param name="Owner">The schema that has the keyword.</param>
/// <param name="Name">The keyword.</param>
/// <param name="Value">Its value in the schema document; no node in a schema made up by the program.</param>
internal readonly record struct KeywordSite(SchemaNode Owner, string Name, SyntaxNode Value);
