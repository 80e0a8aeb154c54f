package io.github.streamwebsocket.internal.x509;

import io.github.streamwebsocket.ChainValidationResult;
import io.github.streamwebsocket.SocketSslErrorSeverity;
import java.util.EnumMap;
import java.util.Map;

/** The errors found so far, each with the explanation of its first occurrence. For one thread. */
final class Findings {
    private static final int LONGEST_EXPLANATION = 300;
    private static final String CUT = "...";

    private final Map<ChainValidationResult, String> explanations = new EnumMap<>(ChainValidationResult.class);

    /** Notes an error; text of certificates in the explanation is escaped by the caller. What is long is cut. */
    void add(ChainValidationResult error, String explanation) {
        explanations.putIfAbsent(
                error,
                explanation.length() <= LONGEST_EXPLANATION
                        ? explanation
                        : explanation.substring(0, LONGEST_EXPLANATION - CUT.length()) + CUT);
    }

    boolean isEmpty() {
        return explanations.isEmpty();
    }

    Map<ChainValidationResult, String> explanations() {
        return explanations;
    }

    /** Fatal errors weigh more than any number of ignorable ones. */
    int weight() {
        int weight = 0;
        for (ChainValidationResult error : explanations.keySet()) {
            weight += error.severity() == SocketSslErrorSeverity.FATAL ? 100 : 1;
        }
        return weight;
    }
}
