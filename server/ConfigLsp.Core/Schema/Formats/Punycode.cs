using System.Text;

namespace ConfigLsp.Core.Schema.Formats;

/// <summary>Punycode (RFC 3492), without the prefix <c>xn--</c>.</summary>
internal static class Punycode
{
    private const int Base = 36;
    private const int Tmin = 1;
    private const int Tmax = 26;
    private const int Skew = 38;
    private const int Damp = 700;
    private const int InitialBias = 72;
    private const int InitialPoint = 128;

    /// <summary>The code points, or null if the text is malformed (section 6.2).</summary>
    public static List<int>? Decode(string text)
    {
        var delimiter = text.LastIndexOf('-');
        var output = new List<int>();
        for (var i = 0; i < delimiter; i++)
        {
            output.Add(text[i]);
        }

        var (point, bias, index) = (InitialPoint, InitialBias, 0L);
        for (var at = delimiter + 1; at < text.Length;)
        {
            var (start, weight) = (index, 1L);
            for (var k = Base; ; k += Base)
            {
                if (at >= text.Length || Digit(text[at++]) is not (>= 0 and var digit))
                {
                    return null;
                }

                index += digit * weight;
                var threshold = Math.Clamp(k - bias, Tmin, Tmax);
                if (digit < threshold)
                {
                    break;
                }

                weight *= Base - threshold;
                if (weight > int.MaxValue || index > int.MaxValue)
                {
                    return null;
                }
            }

            bias = Adapt(index - start, output.Count + 1, start == 0);
            point += (int)Math.Min(index / (output.Count + 1), 0x110000);
            index %= output.Count + 1;
            if (!Rune.IsValid(point))
            {
                return null;
            }

            output.Insert((int)index, point);
            index++;
        }

        return output;
    }

    /// <summary>The Punycode of the code points (section 6.3).</summary>
    public static string Encode(IReadOnlyList<int> points)
    {
        var output = new StringBuilder();
        foreach (var p in points)
        {
            if (p < InitialPoint)
            {
                output.Append((char)p);
            }
        }

        var (basic, handled) = (output.Length, output.Length);
        if (basic > 0)
        {
            output.Append('-');
        }

        var (point, bias, delta) = (InitialPoint, InitialBias, 0L);
        while (handled < points.Count)
        {
            var next = points.Where(p => p >= point).Min();
            delta += (long)(next - point) * (handled + 1);
            point = next;
            foreach (var p in points)
            {
                delta += p < point ? 1 : 0;
                if (p == point)
                {
                    AppendDelta(output, delta, bias);
                    bias = Adapt(delta, handled + 1, handled == basic);
                    delta = 0;
                    handled++;
                }
            }

            delta++;
            point++;
        }

        return output.ToString();
    }

    private static void AppendDelta(StringBuilder output, long delta, int bias)
    {
        for (var k = Base; ; k += Base)
        {
            var threshold = Math.Clamp(k - bias, Tmin, Tmax);
            if (delta < threshold)
            {
                output.Append(Character((int)delta));
                return;
            }

            output.Append(Character(threshold + (int)((delta - threshold) % (Base - threshold))));
            delta = (delta - threshold) / (Base - threshold);
        }
    }

    private static char Character(int digit) => (char)(digit < 26 ? 'a' + digit : '0' + digit - 26);

    private static int Digit(char c) => c switch
    {
        >= 'a' and <= 'z' => c - 'a',
        >= 'A' and <= 'Z' => c - 'A',
        >= '0' and <= '9' => c - '0' + 26,
        _ => -1,
    };

    private static int Adapt(long delta, int count, bool isFirst)
    {
        delta = isFirst ? delta / Damp : delta / 2;
        delta += delta / count;
        var k = 0;
        while (delta > (Base - Tmin) * Tmax / 2)
        {
            delta /= Base - Tmin;
            k += Base;
        }

        return k + (int)((Base - Tmin + 1) * delta / (delta + Skew));
    }
}
