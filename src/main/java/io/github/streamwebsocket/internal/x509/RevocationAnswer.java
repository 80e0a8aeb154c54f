package io.github.streamwebsocket.internal.x509;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/**
 * What one source says about the revocation of one certificate. Pure.
 *
 * @param kind what it comes to
 * @param text the words that explain it, which follow the name of the certificate or of the source; text of the peer in
 *     them is escaped
 */
record RevocationAnswer(Kind kind, String text) {
    /** From the best to know about to the least: the first of several answers that is there counts. */
    enum Kind {
        /** Revoked, and the one who says so may. */
        REVOKED,
        /** Not revoked. */
        GOOD,
        /** It is about the certificate, but cannot be relied on. */
        UNUSABLE,
        /** It is not about the certificate. */
        NONE
    }

    static final RevocationAnswer GOOD = new RevocationAnswer(Kind.GOOD, "is not revoked");
    static final RevocationAnswer NONE = new RevocationAnswer(Kind.NONE, "is about other certificates");

    /** CRLReason (RFC 5280 5.3.1); 7 is not used. */
    private static final List<String> REASONS = List.of(
            "unspecified",
            "keyCompromise",
            "cACompromise",
            "affiliationChanged",
            "superseded",
            "cessationOfOperation",
            "certificateHold",
            "reason 7",
            "removeFromCRL",
            "privilegeWithdrawn",
            "aACompromise");

    static RevocationAnswer revoked(Instant since, int reason) {
        String name = reason >= 0 && reason < REASONS.size() ? REASONS.get(reason) : "reason " + reason;
        return new RevocationAnswer(Kind.REVOKED, "was revoked on " + day(since) + ", " + name);
    }

    static RevocationAnswer unusable(String why) {
        return new RevocationAnswer(Kind.UNUSABLE, why);
    }

    /** Returns the one that counts more, the first of two of a kind. */
    RevocationAnswer or(RevocationAnswer other) {
        return other.kind.compareTo(kind) < 0 ? other : this;
    }

    /** Names the source whose fault it is. */
    RevocationAnswer from(String source) {
        return kind == Kind.UNUSABLE ? unusable(source + " " + text) : this;
    }

    boolean is(Kind wanted) {
        return kind == wanted;
    }

    /** A day as people write it, in UTC. */
    static String day(Instant time) {
        return time.atOffset(ZoneOffset.UTC).toLocalDate().toString();
    }
}
