using System.Collections.Immutable;
using ConfigLsp.Configuration.Errors;
using ConfigLsp.Configuration.Keys;

namespace ConfigLsp.Configuration.Service;

/// <summary>A key as a client gives it: dotted, or segment by segment for names that hold dots.</summary>
/// <param name="Text">The dotted key, or null.</param>
/// <param name="Path">The segments, or default.</param>
public readonly record struct KeyText(string? Text, ImmutableArray<string> Path = default)
{
    public static implicit operator KeyText(string text) => new(text);

    /// <summary>The key; or <see cref="ServiceErrors.InvalidKey"/> with what is wrong with it.</summary>
    public ServiceResult<SettingKey> Parse()
    {
        SettingKey? key;
        string? refusal;
        _ = Path.IsDefault ? SettingKey.TryParse(Text, out key, out refusal) : SettingKey.TryCreate(Path, out key, out refusal);
        return key is not null ? key : new ServiceError(ServiceErrors.InvalidKey, refusal!) { Key = Shown() };
    }

    /// <inheritdoc />
    public override string ToString() => Path.IsDefault ? Text ?? string.Empty : string.Join('.', Path);

    /// <summary>The key for an answer, which must not repeat what is out of proportion or would disturb a terminal.</summary>
    private string Shown()
    {
        var text = ToString();
        text = text.Length <= 100 ? text : text[..100] + "…";
        return string.Concat(text.Select(static c => char.IsControl(c) || char.IsSurrogate(c) ? '\uFFFD' : c));
    }
}
