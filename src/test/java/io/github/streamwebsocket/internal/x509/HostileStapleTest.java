package io.github.streamwebsocket.internal.x509;

import static io.github.streamwebsocket.internal.x509.OcspMaker.response;
import static io.github.streamwebsocket.internal.x509.RevocationCase.path;

import io.github.streamwebsocket.ChainValidationResult;
import io.github.streamwebsocket.Revocation;
import java.util.Arrays;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Stapled responses of a server that wants to keep us busy, or to be taken for one that was not revoked. */
@Timeout(60)
class HostileStapleTest {
    private static final StatusAuthority ROOT = StatusAuthority.root("root");
    private static final StatusAuthority.Holder SERVER = ROOT.issue("server");

    /** More than there is work for; only what comes first is looked at. */
    private static byte[][] forgeriesBefore(byte[] last) throws Exception {
        byte[][] all = new byte[100][];
        Arrays.fill(all, response(ROOT, SERVER).forgedBy(SERVER).der());
        all[all.length - 1] = last;
        return all;
    }

    @Test
    void notAnyNumberOfForgeriesIsVerified() throws Exception {
        path(SERVER, ROOT)
                .mode(Revocation.STAPLED)
                .stapled(forgeriesBefore(response(ROOT, SERVER).der()))
                .is(ChainValidationResult.REVOCATION_FAILURE, "signature that does not verify");
    }

    @Test
    void whatTheApplicationKnowsIsLookedAtAllTheSame() throws Exception {
        byte[] revoked =
                response(ROOT, SERVER).revoked(-2, CRLReason.keyCompromise).der();
        path(SERVER, ROOT)
                .mode(Revocation.STAPLED)
                .stapled(forgeriesBefore(revoked))
                .given(revoked)
                .is(ChainValidationResult.REVOKED, "keyCompromise");
    }

    /** An authority that let it sign responses did not mean those about itself. */
    @Test
    void aServerDoesNotVouchForItself() throws Exception {
        StatusAuthority.Holder both = ROOT.issue(
                "server and responder",
                new StatusAuthority.With(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
                    KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_OCSPSigning
                })));
        path(both, ROOT)
                .mode(Revocation.STAPLED)
                .stapled(response(ROOT, both).by(both).der())
                .is(ChainValidationResult.REVOCATION_FAILURE, "itself");
        path(SERVER, ROOT)
                .mode(Revocation.STAPLED)
                .stapled(response(ROOT, SERVER).by(both).der())
                .isGood();
    }
}
