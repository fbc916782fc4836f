using ConfigLsp.Configuration.Documents;

namespace ConfigLsp.Configuration.Tests.Documents;

public sealed class DocumentUriTests
{
    [Theory]
    [InlineData("/app/a b/ü.json", "file:///app/a%20b/%C3%BC.json")]
    [InlineData("/app/100%/a#b?c.json", "file:///app/100%25/a%23b%3Fc.json")]
    [InlineData("/app/[x]/{y}/(z)+!.json", "file:///app/%5Bx%5D/%7By%7D/%28z%29%2B%21.json")]
    public void A_unix_path_becomes_a_uri_and_comes_back(string path, string uri)
    {
        var document = DocumentUri.FromFilePath(path, windows: false);
        Assert.Equal(uri, document.Text);
        Assert.True(document.TryGetFilePath(windows: false, out var back));
        Assert.Equal(path, back);
    }

    [Theory]
    [InlineData(@"C:\app\a b.json", "file:///c%3A/app/a%20b.json", @"c:\app\a b.json")]
    [InlineData(@"d:\x.json", "file:///d%3A/x.json", @"d:\x.json")]
    [InlineData(@"\\server\share\x.json", "file://server/share/x.json", @"\\server\share\x.json")]
    public void A_windows_path_becomes_a_uri_as_vs_code_writes_it_and_comes_back(string path, string uri, string expected)
    {
        var document = DocumentUri.FromFilePath(path, windows: true);
        Assert.Equal(uri, document.Text);
        Assert.True(document.TryGetFilePath(windows: true, out var back));
        Assert.Equal(expected, back);
    }

    [Theory]
    [InlineData("file:///C:/a.json", "file:///c%3A/a.json")]
    [InlineData("file:///c%3a/%61.json", "FILE:///c:/a.json")]
    [InlineData("file://localhost/a.json", "file:///a.json")]
    [InlineData("file:/a.json", "file:///a.json")]
    [InlineData("vscode-remote://SSH-remote%2Bbox/a b.json", "vscode-remote://ssh-remote%2bbox/a%20b.json")]
    [InlineData("vscode-userdata:/User/settings.json", "vscode-userdata:/User/%73ettings.json")]
    [InlineData("file:///a.json#/definitions/x", "file:///a.json")]
    public void Two_spellings_of_one_uri_are_equal_and_keep_their_text(string one, string other)
    {
        var (a, b) = (DocumentUri.Parse(one), DocumentUri.Parse(other));
        Assert.Equal(a, b);
        Assert.Equal(a.GetHashCode(), b.GetHashCode());
        Assert.Equal(one, a.Text);
        Assert.Equal(other, b.Text);
    }

    [Theory]
    [InlineData("file:///a/b.json", "file:///a%2Fb.json")]
    [InlineData("file:///a.json", "file:///A.json")]
    [InlineData("http://x/a.json?v=1", "http://x/a.json?v=2")]
    [InlineData("file:///a%2525.json", "file:///a%25.json")]
    [InlineData("untitled:Untitled-1", "untitled:Untitled-2")]
    public void Different_documents_are_not_equal(string one, string other) => Assert.NotEqual(DocumentUri.Parse(one), DocumentUri.Parse(other));

    [Theory]
    [InlineData("settings.json")]
    [InlineData("/a/b")]
    [InlineData("")]
    [InlineData("1a:b")]
    [InlineData("file:///a\0b")]
    public void What_has_no_scheme_or_holds_nul_is_refused(string text)
    {
        Assert.False(DocumentUri.TryParse(text, out _));
        Assert.Throws<FormatException>(() => DocumentUri.Parse(text));
    }

    [Theory]
    [InlineData("file://server/share/a.json")]
    [InlineData("file:///a%00b.json")]
    [InlineData("http://x/a.json")]
    [InlineData("untitled:Untitled-1")]
    public void What_is_no_file_of_this_computer_has_no_unix_path(string uri) => Assert.False(DocumentUri.Parse(uri).TryGetFilePath(windows: false, out _));

    [Theory]
    [InlineData("file:///w/.nofx/settings.json", "../schemas/a.json", "file:///w/schemas/a.json")]
    [InlineData("file:///w/a.json", "./b.json#/definitions/c", "file:///w/b.json#/definitions/c")]
    [InlineData("file:///w/a.json", "../../../../etc/passwd", "file:///etc/passwd")]
    [InlineData("file:///w/a.json", "http://x.y/s.json", "http://x.y/s.json")]
    [InlineData("file:///w/a.json", "/s.json", "file:///s.json")]
    [InlineData("http://x/a/b?c", "d/./e", "http://x/a/d/e")]
    public void References_resolve_as_rfc_3986_says(string document, string reference, string target) =>
        Assert.Equal(target, DocumentUri.Parse(document).Resolve(reference).Text);

    [Theory]
    [InlineData("file:///w", "file:///w/a/b%20c.json", "a/b c.json")]
    [InlineData("file:///w/", "file:///w/a.json", "a.json")]
    [InlineData("file:///", "file:///a.json", "a.json")]
    [InlineData("file:///w", "file:///w", "")]
    [InlineData("file:///w", "file:///wide/a.json", null)]
    [InlineData("file:///w", "vscode-remote:///w/a.json", null)]
    [InlineData("vscode-remote://h/w", "vscode-remote://h/w/a.json", "a.json")]
    public void The_path_below_a_folder_is_plain_text(string folder, string document, string? relative)
    {
        var found = DocumentUri.Parse(folder).TryGetRelativePath(DocumentUri.Parse(document), out var path);
        Assert.Equal(relative is not null, found);
        Assert.Equal(relative, path);
    }
}
