using System.Collections.Immutable;
using ConfigLsp.Configuration.Errors;
using ConfigLsp.Configuration.Keys;

namespace ConfigLsp.Configuration.Concurrency;

/// <summary>One wish for keys, waiting or granted. Guarded by <see cref="KeyLocks"/>.</summary>
internal sealed class KeyRequest(string target, ImmutableArray<SettingKey> keys)
{
    public string Target => target;

    public ImmutableArray<SettingKey> Keys => keys;

    /// <summary>How many earlier requests it has to wait for.</summary>
    public int Blockers { get; set; }

    /// <summary>The later requests that wait for it.</summary>
    public HashSet<KeyRequest> Blocked { get; } = [];

    /// <summary>Completes with null when there is nobody left to wait for, or with the reason why it never will be granted.</summary>
    public TaskCompletionSource<ServiceError?> Granted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether a key of one is a key of the other, or within one, or around one.</summary>
    public bool Meets(KeyRequest other)
    {
        foreach (var own in keys)
        {
            foreach (var key in other.Keys)
            {
                if (own.Contains(key) || key.Contains(own))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
