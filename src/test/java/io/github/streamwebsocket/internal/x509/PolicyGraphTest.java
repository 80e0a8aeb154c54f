package io.github.streamwebsocket.internal.x509;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.ChainValidationResult;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.CertPolicyId;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.PolicyConstraints;
import org.bouncycastle.asn1.x509.PolicyInformation;
import org.bouncycastle.asn1.x509.PolicyMappings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Policies and mappings that make the tree of RFC 5280 6.1.2 exponential; the graph of RFC 9618 stays small. */
class PolicyGraphTest {
    /** The promise is 100 ms for the whole; here tests run beside each other, in code that is not compiled yet. */
    private static final long MOST_MILLIS = 200;

    private static final int AUTHORITIES = 15;

    private static CertPolicyId policy(int number) {
        return CertPolicyId.getInstance(new ASN1ObjectIdentifier("2.999." + (1 + number)));
    }

    private static void policies(CertificateSpec spec, int count) {
        PolicyInformation[] all = new PolicyInformation[count];
        for (int i = 0; i < count; i++) {
            all[i] = new PolicyInformation(new ASN1ObjectIdentifier(policy(i).getId()));
        }
        spec.extension(Extension.certificatePolicies, false, new CertificatePolicies(all));
    }

    /** Each policy becomes each: so many mappings that a tree would have that many children at each node. */
    private static void mappings(CertificateSpec spec, int count) {
        CertPolicyId[] from = new CertPolicyId[count * count];
        CertPolicyId[] to = new CertPolicyId[count * count];
        for (int i = 0; i < from.length; i++) {
            from[i] = policy(i / count);
            to[i] = policy(i % count);
        }
        spec.extension(Extension.policyMappings, true, new PolicyMappings(from, to));
    }

    /** Of processor time, for the machine may have other things to do. */
    private static void assertQuick(ChainOfFour chain) {
        List<Certificate> sent = chain.sent.stream().map(CertificateSpec::issue).toList();
        ThreadMXBean clock = ManagementFactory.getThreadMXBean();
        long start = clock.getCurrentThreadCpuTime();
        chain.verdict(sent);
        long millis = (clock.getCurrentThreadCpuTime() - start) / 1_000_000;
        assertTrue(millis < MOST_MILLIS, () -> "took " + millis + " ms");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void manyPoliciesAndMappingsTakeLittleTime(boolean named) {
        int count = 20;
        ChainOfFour chain = new ChainOfFour();
        List<CertificateSpec> authorities = new ArrayList<>();
        for (int i = 0; i < AUTHORITIES; i++) {
            CertificateSpec authority = CertificateSpec.authority("A" + i, i == 0 ? "Root" : "A" + (i - 1));
            policies(authority, count);
            mappings(authority, count);
            authorities.add(authority);
        }
        authorities.get(0).extension(Extension.policyConstraints, true, new PolicyConstraints(BigInteger.ZERO, null));
        CertificateSpec server = CertificateSpec.server(ChainOfFour.HOST, "A" + (AUTHORITIES - 1));
        if (named) {
            policies(server, count);
        }
        chain.sent.clear();
        chain.sent.add(server);
        chain.sent.addAll(authorities);
        assertEquals(
                named ? List.of() : List.of(ChainValidationResult.INVALID_CERTIFICATE_AUTHORITY_POLICY),
                chain.verdict().errors());
        assertQuick(chain);
    }

    /** Hundreds in each certificate, each mapped to the next. */
    @Test
    void hundredsOfPoliciesTakeLittleTime() {
        int count = 400;
        ChainOfFour chain = new ChainOfFour();
        for (CertificateSpec spec : List.of(chain.upper, chain.issuing, chain.server)) {
            policies(spec, count);
        }
        CertPolicyId[] from = new CertPolicyId[count];
        CertPolicyId[] to = new CertPolicyId[count];
        for (int i = 0; i < count; i++) {
            from[i] = policy(i);
            to[i] = policy((i + 1) % count);
        }
        for (CertificateSpec spec : List.of(chain.upper, chain.issuing)) {
            spec.extension(Extension.policyMappings, true, new PolicyMappings(from, to));
        }
        assertEquals(List.of(), chain.verdict().errors());
        assertQuick(chain);
    }
}
