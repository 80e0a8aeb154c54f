package io.github.streamwebsocket;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** The groups for a key exchange that are known by name, as IANA registers them. Pure. */
final class NamedGroupNames {
    private static final List<String> KNOWN = List.of(
            "X25519MLKEM768",
            "SecP256r1MLKEM768",
            "SecP384r1MLKEM1024",
            "x25519",
            "x448",
            "secp256r1",
            "secp384r1",
            "secp521r1",
            "ffdhe2048",
            "ffdhe3072",
            "ffdhe4096");

    private NamedGroupNames() {}

    /** Returns the names as they are registered, whatever their case. */
    static List<String> checked(String[] names) {
        return Arrays.stream(names).map(NamedGroupNames::checked).distinct().toList();
    }

    private static String checked(String name) {
        Objects.requireNonNull(name, "name");
        for (String known : KNOWN) {
            if (known.equalsIgnoreCase(name)) {
                return known;
            }
        }
        throw new IllegalArgumentException("expected one of " + String.join(", ", KNOWN) + " but was " + name);
    }
}
