package io.github.streamwebsocket.cli;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTNamedCurves;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.jspecify.annotations.Nullable;

/** The facts of one certificate in words. Made by a stranger, it may say anything: all text is made printable and cut. Pure. */
final class CertificateText {
    static final String UNREADABLE = "cannot be read";

    private static final int MOST_NAMES = 8;
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_SERIAL = 64;
    private static final Pattern SIGNATURE = Pattern.compile("(?i)(SHA)-?(\\d[\\w/-]*?)with(\\w+)");
    private static final Pattern ZERO_GROUPS = Pattern.compile("(^|:)0(:0)+(:|$)");

    private CertificateText() {}

    /** Returns name and value of each fact. */
    static Map<String, String> facts(X509Certificate certificate, Instant now) {
        Map<String, String> facts = new LinkedHashMap<>();
        String names = names(certificate);
        if (!names.isEmpty()) {
            facts.put("names", names);
        }
        facts.put("valid", validity(certificate, now));
        facts.put("key", key(certificate));
        facts.put("signature", signature(certificate));
        facts.put("serial", cut(certificate.getSerialNumber().toString(16), LONGEST_SERIAL));
        facts.put("SHA-256", fingerprint(certificate));
        facts.put("pin", pin(certificate));
        return facts;
    }

    /** Returns whom the certificate is about: common name and organization. */
    static String subject(X509Certificate certificate) {
        return name(certificate.getSubjectX500Principal().getEncoded());
    }

    /** Returns who made it, as it says itself. */
    static String issuer(X509Certificate certificate) {
        return name(certificate.getIssuerX500Principal().getEncoded());
    }

    private static String name(byte[] encoded) {
        try {
            X500Name name = X500Name.getInstance(encoded);
            String common = attribute(name, BCStyle.CN);
            String organization = attribute(name, BCStyle.O);
            if (common.isEmpty() && organization.isEmpty()) {
                return name.getRDNs().length == 0 ? "(no name)" : cut(name.toString(), LONGEST_NAME);
            }
            if (common.isEmpty() || organization.isEmpty() || common.equals(organization)) {
                return common.isEmpty() ? organization : common;
            }
            return common + " (" + organization + ")";
        } catch (RuntimeException malformed) { // BouncyCastle throws what its parser met
            return "(a name that " + UNREADABLE + ")";
        }
    }

    private static String attribute(X500Name name, ASN1ObjectIdentifier type) {
        RDN[] found = name.getRDNs(type);
        if (found.length == 0) {
            return "";
        }
        String value =
                IETFUtils.valueToString(found[found.length - 1].getFirst().getValue());
        return cut(value.replaceAll("\\\\(?=[^0-9A-Fa-f])", ""), LONGEST_NAME); // escapes are for distinguished names
    }

    /** Returns what the certificate is valid for; "" if it names nothing. Host names and addresses go first. */
    private static String names(X509Certificate certificate) {
        Collection<List<?>> all;
        try {
            all = certificate.getSubjectAlternativeNames();
        } catch (CertificateParsingException e) {
            return UNREADABLE;
        }
        if (all == null || all.isEmpty()) {
            return "";
        }
        List<String> shown = all.stream()
                .sorted((one, other) -> Boolean.compare(!isHost(one), !isHost(other)))
                .limit(MOST_NAMES)
                .map(CertificateText::alternativeName)
                .toList();
        int more = all.size() - shown.size();
        return String.join(", ", shown)
                + (more == 0 ? "" : String.format(java.util.Locale.ROOT, ", and %,d more", more));
    }

    private static boolean isHost(List<?> name) {
        return name.get(0).equals(GeneralName.dNSName) || name.get(0).equals(GeneralName.iPAddress);
    }

    private static String alternativeName(List<?> name) {
        int type = (Integer) name.get(0);
        String value = name.get(1) instanceof String text ? cut(text, LONGEST_NAME) : "...";
        return switch (type) {
            case GeneralName.dNSName -> value;
            case GeneralName.iPAddress -> ZERO_GROUPS.matcher(value).replaceFirst("::"); // RFC 5952 4.2
            case GeneralName.rfc822Name -> "mail " + value;
            case GeneralName.uniformResourceIdentifier -> "URI " + value;
            case GeneralName.directoryName -> "directory name " + value;
            case GeneralName.registeredID -> "registered id " + value;
            default -> "a name of another kind";
        };
    }

    /** Returns the dates. */
    static String validity(X509Certificate certificate, Instant now) {
        return ValidityText.of(
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant(),
                now);
    }

    private static String key(X509Certificate certificate) {
        try {
            SubjectPublicKeyInfo info =
                    SubjectPublicKeyInfo.getInstance(certificate.getPublicKey().getEncoded());
            return switch (certificate.getPublicKey()) {
                case java.security.interfaces.RSAKey rsa ->
                    "RSA " + rsa.getModulus().bitLength();
                case java.security.interfaces.DSAKey dsa ->
                    "DSA " + dsa.getParams().getP().bitLength();
                case java.security.interfaces.ECKey ec -> "EC " + curve(info, ec);
                case java.security.interfaces.EdECKey edwards ->
                    edwards.getParams().getName();
                default -> cut(certificate.getPublicKey().getAlgorithm(), LONGEST_NAME);
            };
        } catch (RuntimeException malformed) {
            return UNREADABLE;
        }
    }

    private static String curve(SubjectPublicKeyInfo info, java.security.interfaces.ECKey key) {
        if (info.getAlgorithm().getParameters() instanceof ASN1ObjectIdentifier curve) {
            @Nullable String nist = NISTNamedCurves.getName(curve);
            @Nullable String other = ECNamedCurveTable.getName(curve);
            if (nist != null || other != null) {
                return nist != null ? nist : String.valueOf(other);
            }
        }
        return "on an unnamed curve of " + key.getParams().getOrder().bitLength() + " bits";
    }

    private static String signature(X509Certificate certificate) {
        String name = certificate.getSigAlgName();
        Matcher parts = SIGNATURE.matcher(name);
        return parts.matches()
                ? parts.group(3) + " with " + parts.group(1) + "-" + parts.group(2)
                : cut(name, LONGEST_NAME);
    }

    private static String fingerprint(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(sha256(certificate.getEncoded()));
        } catch (CertificateEncodingException e) {
            return UNREADABLE;
        }
    }

    /** Returns the pin of the public key as {@code --pin} takes it (RFC 7469 2.4). */
    static String pin(X509Certificate certificate) {
        try {
            SubjectPublicKeyInfo info = org.bouncycastle.asn1.x509.Certificate.getInstance(certificate.getEncoded())
                    .getSubjectPublicKeyInfo();
            return "sha256/" + Base64.getEncoder().encodeToString(sha256(info.getEncoded(ASN1Encoding.DER)));
        } catch (IOException | GeneralSecurityException | RuntimeException malformed) {
            return UNREADABLE;
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String cut(String text, int length) {
        return ErrorReport.shorten(ErrorReport.printable(text), length);
    }
}
