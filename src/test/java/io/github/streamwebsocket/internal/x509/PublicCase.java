package io.github.streamwebsocket.internal.x509;

import io.github.streamwebsocket.ChainValidationResult;
import io.github.streamwebsocket.Revocation;
import io.github.streamwebsocket.internal.BouncyCastle;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One case of a public corpus of certificate chains, in the format that the README beside the corpora describes. */
record PublicCase(List<String> columns) {
    /** Where the corpora are; they are no part of this repository. */
    static final Path FOLDER = Path.of(System.getProperty("x509.cases", "../shared/x509"));

    static List<PublicCase> of(String file) throws IOException {
        try (Stream<String> lines = Files.lines(FOLDER.resolve(file))) {
            return lines.filter(line -> !line.startsWith("#"))
                    .map(line -> new PublicCase(List.of(line.split("\t", -1))))
                    .toList();
        }
    }

    String id() {
        return columns.get(0);
    }

    boolean accept() {
        return columns.get(2).equals("ACCEPT");
    }

    boolean judged() {
        return columns.get(3).equals("0");
    }

    /** What a rejection may be called; any one will do. */
    Set<ChainValidationResult> categories() {
        Set<ChainValidationResult> allowed = EnumSet.noneOf(ChainValidationResult.class);
        for (String name : list(4)) {
            allowed.add(ChainValidationResult.valueOf(
                    name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT)));
        }
        return allowed;
    }

    @Nullable
    String host() {
        return columns.get(8).equals("-") ? null : columns.get(9);
    }

    Instant time() {
        if (columns.get(10).isEmpty()) {
            return Instant.now();
        }
        BigDecimal seconds = new BigDecimal(columns.get(10));
        return Instant.ofEpochMilli(seconds.movePointRight(3).longValue());
    }

    byte @Nullable [] leafKey() {
        return columns.get(16).isEmpty() ? null : Base64.getDecoder().decode(columns.get(16));
    }

    Map<String, String> parameters() {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : columns.get(17).split(";", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        return parameters;
    }

    List<byte[]> sent() {
        List<byte[]> sent = new ArrayList<>(der(11));
        sent.addAll(der(12));
        return sent;
    }

    List<X509Certificate> anchors() throws GeneralSecurityException {
        List<X509Certificate> anchors = new ArrayList<>();
        for (byte[] der : der(13)) {
            anchors.add(Certificate.of(der).jca().orElseThrow());
        }
        return anchors;
    }

    List<X509CRL> lists() throws GeneralSecurityException {
        List<X509CRL> lists = new ArrayList<>();
        for (byte[] der : der(14)) {
            lists.add((X509CRL) CertificateFactory.getInstance("X.509", BouncyCastle.PROVIDER)
                    .generateCRL(new ByteArrayInputStream(der)));
        }
        return lists;
    }

    ValidationRequest request(boolean weakAlgorithmsRefused) throws GeneralSecurityException {
        Map<String, String> parameters = parameters();
        ValidationPolicy policy = new ValidationPolicy(
                weakAlgorithmsRefused,
                ValidationPolicy.KeyUse.DIGITAL_SIGNATURE,
                Integer.parseInt(parameters.getOrDefault("maxdepth", "-1")),
                parameters.containsKey("policies")
                        ? Set.of(parameters.get("policies").split("\\+"))
                        : Set.of(),
                parameters.containsKey("explicit"),
                parameters.containsKey("inhibitMapping"),
                parameters.containsKey("inhibitAny"));
        RevocationMaterial revocation = parameters.containsKey("revocation")
                ? new RevocationMaterial(Revocation.REQUIRED, lists(), der(15), List.of())
                : RevocationMaterial.NONE;
        return new ValidationRequest(
                sent().stream().map(Certificate::of).toList(),
                host(),
                new TrustAnchors(anchors()),
                time(),
                policy,
                revocation);
    }

    private List<String> list(int column) {
        return Arrays.stream(columns.get(column).split(",", -1))
                .filter(item -> !item.isEmpty())
                .toList();
    }

    private List<byte[]> der(int column) {
        return list(column).stream().map(Base64.getDecoder()::decode).toList();
    }

    @Override
    public String toString() {
        return id();
    }
}
