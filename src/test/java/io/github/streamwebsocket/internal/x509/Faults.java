package io.github.streamwebsocket.internal.x509;

import static io.github.streamwebsocket.ChainValidationResult.BASIC_CONSTRAINTS_ERROR;
import static io.github.streamwebsocket.ChainValidationResult.EXPIRED;
import static io.github.streamwebsocket.ChainValidationResult.INCOMPLETE_CHAIN;
import static io.github.streamwebsocket.ChainValidationResult.INVALID_CERTIFICATE_AUTHORITY_POLICY;
import static io.github.streamwebsocket.ChainValidationResult.INVALID_NAME;
import static io.github.streamwebsocket.ChainValidationResult.INVALID_SIGNATURE;
import static io.github.streamwebsocket.ChainValidationResult.OTHER_ERRORS;
import static io.github.streamwebsocket.ChainValidationResult.UNKNOWN_CRITICAL_EXTENSION;
import static io.github.streamwebsocket.ChainValidationResult.UNTRUSTED;
import static io.github.streamwebsocket.ChainValidationResult.WRONG_USAGE;

import io.github.streamwebsocket.ChainValidationResult;
import java.math.BigInteger;
import java.util.List;
import java.util.function.Consumer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.PolicyConstraints;

/** The faults that chains of {@link ChainOfFour} can have, each by itself one error. */
final class Faults {
    private static final String SERVER = "the server's certificate";
    private static final ASN1ObjectIdentifier UNKNOWN = new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.1");
    private static final KeyUsage LISTS_ONLY = new KeyUsage(KeyUsage.cRLSign);
    private static final ExtendedKeyUsage CLIENTS = new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth);

    static final List<Fault> ALL = List.of(
            // The way to the anchor
            new Fault("the root is not trusted", UNTRUSTED, "CN=Root", "trust", chain -> {
                chain.anchors.clear();
                chain.anchors.add(CertificateSpec.authority("Other Root", "Other Root"));
                chain.sent.add(chain.root);
            }),
            new Fault(
                            "the issuing authority was not sent",
                            INCOMPLETE_CHAIN,
                            "CN=Issuing",
                            "way",
                            chain -> chain.sent.remove(chain.issuing))
                    .hiding("issuing", "upper", "root", "trust", "server-signature"),
            new Fault(
                            "the upper authority was not sent",
                            INCOMPLETE_CHAIN,
                            "CN=Upper",
                            "way",
                            chain -> chain.sent.remove(chain.upper))
                    .hiding("upper", "root", "trust", "issuing-signature"),
            // Dates
            server(
                    "the server's certificate has ended",
                    EXPIRED,
                    "dates",
                    "ended 2026-02-19",
                    s -> s.validity(-20, -10)),
            server(
                    "the server's certificate has yet to begin",
                    EXPIRED,
                    "dates",
                    "begins 2026-03-11",
                    s -> s.validity(10, 20)),
            issuing("the issuing certificate has ended", EXPIRED, "dates", s -> s.validity(-20, -10)),
            upper("the upper certificate has yet to begin", EXPIRED, "dates", s -> s.validity(10, 20)),
            // Names
            new Fault(
                    "another host was asked for",
                    INVALID_NAME,
                    "valid for: a.example",
                    "host",
                    chain -> chain.host = "b.example"),
            issuing(
                            "the issuer may vouch for other names only",
                            INVALID_NAME,
                            "constraints",
                            s -> s.extension(Extension.nameConstraints, true, permitted("other.example")))
                    .lookingAt("server-names"),
            upper(
                            "the upper authority may not vouch for the name",
                            INVALID_NAME,
                            "constraints",
                            s -> s.extension(Extension.nameConstraints, true, excluded("example")))
                    .lookingAt("server-names"),
            new Fault(
                            "the root may not vouch for the name",
                            INVALID_NAME,
                            "CN=Root",
                            "root constraints",
                            chain -> chain.root.extension(Extension.nameConstraints, true, excluded("a.example")))
                    .lookingAt("server-names"),
            // Usage
            server(
                    "the server's certificate is for clients",
                    WRONG_USAGE,
                    "purpose",
                    SERVER,
                    s -> s.extension(Extension.extendedKeyUsage, false, CLIENTS)),
            server(
                    "the server's key may not sign",
                    WRONG_USAGE,
                    "usage",
                    "the server's key",
                    s -> s.extension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyEncipherment))),
            issuing(
                    "the issuer is for clients",
                    WRONG_USAGE,
                    "purpose",
                    s -> s.extension(Extension.extendedKeyUsage, false, CLIENTS)),
            issuing(
                    "the issuer may sign lists only",
                    WRONG_USAGE,
                    "usage",
                    s -> s.extension(Extension.keyUsage, true, LISTS_ONLY)),
            upper(
                    "the upper authority may sign lists only",
                    WRONG_USAGE,
                    "usage",
                    s -> s.extension(Extension.keyUsage, true, LISTS_ONLY)),
            // Authority
            issuing(
                    "the issuer is no authority",
                    BASIC_CONSTRAINTS_ERROR,
                    "basic",
                    s -> s.extension(Extension.basicConstraints, true, new BasicConstraints(false))),
            issuing(
                    "the issuer does not say that it is an authority",
                    BASIC_CONSTRAINTS_ERROR,
                    "basic",
                    s -> s.without(Extension.basicConstraints)),
            upper(
                            "the path is longer than the upper authority allows",
                            BASIC_CONSTRAINTS_ERROR,
                            "basic",
                            s -> s.extension(Extension.basicConstraints, true, new BasicConstraints(0)))
                    .lookingAt("issuing"),
            new Fault(
                    "the path is longer than the root allows",
                    BASIC_CONSTRAINTS_ERROR,
                    "CN=Root",
                    "root basic",
                    chain -> chain.root.extension(Extension.basicConstraints, true, new BasicConstraints(1))),
            // Content
            server(
                    "the server's certificate has a critical unknown",
                    UNKNOWN_CRITICAL_EXTENSION,
                    "unknown",
                    SERVER,
                    s -> s.extension(UNKNOWN, true, DERNull.INSTANCE)),
            issuing(
                    "the issuer has a critical unknown",
                    UNKNOWN_CRITICAL_EXTENSION,
                    "unknown",
                    s -> s.extension(UNKNOWN, true, DERNull.INSTANCE)),
            server(
                    "the server's keyUsage is malformed",
                    OTHER_ERRORS,
                    "usage",
                    SERVER,
                    s -> s.extension(Extension.keyUsage, true, DERNull.INSTANCE)),
            server(
                            "the server's names are malformed",
                            OTHER_ERRORS,
                            "names",
                            "",
                            s -> s.extension(Extension.subjectAlternativeName, false, new DERSequence()))
                    .and(INVALID_NAME) // no name can be found in them
                    .changing("host")
                    .hiding("server-names"),
            issuing(
                    "the issuer's name constraints are empty",
                    OTHER_ERRORS,
                    "constraints",
                    s -> s.extension(Extension.nameConstraints, true, new DERSequence())),
            // Policies
            issuing(
                            "the issuer demands a policy that nobody names",
                            INVALID_CERTIFICATE_AUTHORITY_POLICY,
                            "policy",
                            s -> s.extension(Extension.policyConstraints, true, explicitPolicy()))
                    .mentioning("certificate policy"),
            // Signatures
            server("the server's signature is wrong", INVALID_SIGNATURE, "value", SERVER, CertificateSpec::corrupt)
                    .lookingAt("server-signature"),
            issuing("the issuer's signature is wrong", INVALID_SIGNATURE, "value", CertificateSpec::corrupt)
                    .lookingAt("issuing-signature"),
            upper("the upper authority's signature is wrong", INVALID_SIGNATURE, "value", CertificateSpec::corrupt),
            // Algorithms
            server(
                    "the server's signature is with SHA-1",
                    OTHER_ERRORS,
                    "algorithm",
                    SERVER,
                    s -> s.algorithm = "SHA1withECDSA"),
            issuing(
                    "the issuer's signature is with SHA-1",
                    OTHER_ERRORS,
                    "algorithm",
                    s -> s.algorithm = "SHA1withECDSA"),
            server(
                    "the server has 1024 bits of RSA",
                    OTHER_ERRORS,
                    "key",
                    SERVER,
                    s -> s.key(Keys.of("RSA", 1024, "small"))),
            server("the server has a DSA key", OTHER_ERRORS, "key", SERVER, s -> s.key(Keys.of("DSA", 1024, "dsa"))),
            server(
                    "the server has a short curve",
                    OTHER_ERRORS,
                    "key",
                    SERVER,
                    s -> s.key(Keys.ec("secp192r1", "short"))),
            new Fault("the server's signature is with MD5", OTHER_ERRORS, SERVER, "server algorithm", chain -> {
                        chain.issuing.key(Keys.of("RSA", 2048, "issuing"));
                        chain.server.signedBy(Keys.of("RSA", 2048, "issuing"), "MD5withRSA");
                    })
                    .changing("issuing key"),
            new Fault("the issuer has a short curve", OTHER_ERRORS, "CN=Issuing", "issuing key", chain -> {
                chain.issuing.key(Keys.ec("secp192r1", "short"));
                chain.server.signedBy(Keys.ec("secp192r1", "short"), chain.server.algorithm);
            }));

    private Faults() {}

    private static Fault server(
            String name, ChainValidationResult error, String part, String mention, Consumer<CertificateSpec> change) {
        return new Fault(name, error, mention, "server " + part, chain -> change.accept(chain.server));
    }

    private static Fault issuing(
            String name, ChainValidationResult error, String part, Consumer<CertificateSpec> change) {
        return new Fault(name, error, "CN=Issuing", "issuing " + part, chain -> change.accept(chain.issuing));
    }

    private static Fault upper(
            String name, ChainValidationResult error, String part, Consumer<CertificateSpec> change) {
        return new Fault(name, error, "CN=Upper", "upper " + part, chain -> change.accept(chain.upper));
    }

    static NameConstraints permitted(String domain) {
        return new NameConstraints(new GeneralSubtree[] {subtree(domain)}, null);
    }

    static NameConstraints excluded(String domain) {
        return new NameConstraints(null, new GeneralSubtree[] {subtree(domain)});
    }

    private static GeneralSubtree subtree(String domain) {
        return new GeneralSubtree(new GeneralName(GeneralName.dNSName, domain));
    }

    private static PolicyConstraints explicitPolicy() {
        return new PolicyConstraints(BigInteger.ZERO, null);
    }
}
