package io.github.streamwebsocket.internal.tls;

import java.util.ArrayList;
import java.util.List;

/**
 * The groups a client offers for the key exchange, and those of them it sends a key share for at once (RFC 8446 4.2.7,
 * 4.2.8). Two shares, one of a hybrid group that also holds against a quantum computer and one of a classical group,
 * spare both kinds of server a HelloRetryRequest, which costs a round trip. Pure.
 *
 * @param offered in order of preference
 * @param early in the order of {@code offered}
 */
record NamedGroups(List<String> offered, List<String> early) {

    /** What most servers have, and the curves of their certificates: TLS 1.2 takes an EC certificate by its curve. */
    static final NamedGroups DEFAULT = of(List.of("X25519MLKEM768", "x25519", "secp256r1", "secp384r1", "secp521r1"));

    /** Sorts out which groups get a share: the first hybrid and the first classical one. */
    static NamedGroups of(List<String> offered) {
        List<String> early = new ArrayList<>();
        boolean hybrid = false;
        boolean classical = false;
        for (String name : offered) {
            if (name.contains("MLKEM") ? !hybrid : !classical) {
                early.add(name);
            }
            hybrid |= name.contains("MLKEM");
            classical |= !name.contains("MLKEM");
        }
        return new NamedGroups(List.copyOf(offered), List.copyOf(early));
    }

    /** Returns what the settings ask for. */
    static NamedGroups wanted(List<String> names) {
        return names.isEmpty() ? DEFAULT : of(names);
    }
}
