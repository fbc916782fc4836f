using ConfigLsp.Configuration.Keys;

namespace ConfigLsp.Configuration.Tests.Keys;

public sealed class SettingKeyTests
{
    [Theory]
    [InlineData("maxAgents", "/maxAgents")]
    [InlineData("agent.limits.max", "/agent/limits/max")]
    [InlineData("$schema", "/$schema")]
    [InlineData("a/b.c~d", "/a~1b/c~0d")]
    [InlineData("größe.日本", "/größe/日本")]
    [InlineData("with space.x", "/with space/x")]
    public void A_dotted_key_is_a_way_through_objects(string text, string pointer)
    {
        Assert.True(SettingKey.TryParse(text, out var key, out _));
        Assert.Equal(text, key.ToString());
        Assert.Equal(pointer, key.Pointer);
    }

    [Theory]
    [InlineData(null, "must not be empty")]
    [InlineData("", "must not be empty")]
    [InlineData(" \t", "must not be empty")]
    [InlineData(".", "empty segment")]
    [InlineData(".a", "empty segment")]
    [InlineData("a.", "empty segment")]
    [InlineData("a. .b", "empty segment")]
    [InlineData("a..b", "empty segment")]
    [InlineData("../secret", "empty segment")]
    [InlineData("a\0b", "U+0000")]
    [InlineData("a\nb", "U+000A")]
    [InlineData("a\u009fb", "U+009F")]
    [InlineData("a\u2028b", "U+2028")]
    [InlineData("a<script>", "must not hold <")]
    [InlineData("a>b", "must not hold >")]
    [InlineData("a\"b", "must not hold \"")]
    [InlineData("a'b", "must not hold '")]
    public void A_key_that_could_mean_harm_is_refused_with_the_reason(string? text, string reason)
    {
        Assert.False(SettingKey.TryParse(text, out _, out var refusal));
        Assert.Contains(reason, refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_of_a_surrogate_pair_is_refused()
    {
        Assert.False(SettingKey.TryParse("a\ud800b", out _, out var refusal));
        Assert.Contains("surrogate", refusal, StringComparison.Ordinal);
        Assert.True(SettingKey.TryParse("a\ud83d\ude00b", out _, out _));
    }

    [Fact]
    public void Literal_segments_may_hold_dots_but_not_two_in_a_row()
    {
        Assert.True(SettingKey.TryCreate(["files", "*.ts"], out var key, out _));
        Assert.Equal("/files/*.ts", key.Pointer);
        Assert.False(SettingKey.TryCreate(["files", "..", "etc"], out _, out var refusal));
        Assert.Contains("'..'", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void The_limits_are_exact()
    {
        Assert.True(SettingKey.TryParse(string.Join('.', Enumerable.Repeat("a", SettingKey.MaxSegments)), out _, out _));
        Assert.False(SettingKey.TryParse(string.Join('.', Enumerable.Repeat("a", SettingKey.MaxSegments + 1)), out _, out var segments));
        Assert.Contains("32 segments", segments, StringComparison.Ordinal);
        Assert.True(SettingKey.TryParse(new string('a', SettingKey.MaxBytes), out _, out _));
        Assert.False(SettingKey.TryParse(new string('ä', (SettingKey.MaxBytes / 2) + 1), out _, out var bytes));
        Assert.Contains("1024 bytes", bytes, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_contains_itself_and_what_lies_in_it()
    {
        Assert.True(Key("a.b").Contains(Key("a.b")));
        Assert.True(Key("a.b").Contains(Key("a.b.c")));
        Assert.False(Key("a.b").Contains(Key("a.bc")));
        Assert.False(Key("a.b").Contains(Key("a")));
        Assert.True(SettingKey.Root.Contains(Key("a")));
        Assert.Equal(Key("a.b"), Key("a.b.c").Parent);
        Assert.Equal(SettingKey.Root, Key("a").Parent);
    }

    private static SettingKey Key(string text) => SettingKey.TryParse(text, out var key, out var refusal) ? key : throw new ArgumentException(refusal, nameof(text));
}
