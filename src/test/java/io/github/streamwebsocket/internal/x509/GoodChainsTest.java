package io.github.streamwebsocket.internal.x509;

import static io.github.streamwebsocket.ChainValidationResult.INVALID_SIGNATURE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.streamwebsocket.ChainValidationResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;

/** Chains that may be trusted are, however odd the way in which they were sent. */
class GoodChainsTest {
    private final ChainFactory root = ChainFactory.root("Good Root");
    private final ChainFactory upper = root.authorityBelow("Good Upper");
    private final ChainFactory lower = upper.authorityBelow("Good Lower");
    private final ChainFactory leaf = lower.leaf("good leaf");

    private static void good(ChainCase chain) {
        assertEquals(Set.of(), chain.errors());
    }

    @Test
    void theOrderDoesNotMatterNorWhatElseIsSent() {
        ChainFactory stranger = ChainFactory.root("Stranger");
        List<Certificate> others = new ArrayList<>(List.of(
                lower.issue(),
                upper.issue(),
                root.issue(),
                lower.issue(),
                leaf.issue(),
                stranger.issue(),
                stranger.authorityBelow("Good Lower").issue(),
                stranger.leaf("elsewhere").issue(),
                Certificate.of(new byte[] {0x30, 1, 2, 3})));
        long seed = 20260301;
        Random random = new Random(seed);
        for (int i = 0; i < 50; i++) {
            Collections.shuffle(others, random);
            List<Certificate> sent = new ArrayList<>(List.of(leaf.issue()));
            sent.addAll(others);
            good(ChainCase.sent(sent).trusting(root.issue()));
        }
    }

    @Test
    void anExpiredRootIsTrustedByNameAndKey() {
        root.valid(-300, -200);
        good(ChainCase.sent(leaf.issue(), lower.issue(), upper.issue()).trusting(root.issue()));
        good(ChainCase.sent(leaf.issue(), lower.issue(), upper.issue(), root.issue())
                .trusting(root.issue()));
    }

    @Test
    void anIntermediateAsAnchorIsEnough() {
        good(ChainCase.sent(leaf.issue()).trusting(lower.issue()));
        good(ChainCase.sent(leaf.issue(), lower.issue(), upper.issue(), root.issue())
                .trusting(upper.issue()));
    }

    @Test
    void theServersOwnCertificateAsAnchorIsEnough() {
        good(ChainCase.sent(leaf.issue()).trusting(leaf.issue()));
        good(ChainCase.sent(leaf.issue(), lower.issue()).trusting(leaf.issue()));
    }

    /** The other certificate of an authority is found, whichever of the two is the bad way. */
    @Test
    void oneGoodWayAmongBadOnesIsEnough() {
        ChainFactory otherRoot = ChainFactory.root("Other Root");
        ChainFactory expired = lower.copy(upper).valid(-100, -1);
        ChainFactory crossed = lower.copy(upper);
        crossed.issuedBy(otherRoot.subject, otherRoot.key);
        ChainFactory noAuthority =
                lower.copy(upper).with(Extension.basicConstraints, true, new BasicConstraints(false));
        ChainFactory corrupt = lower.copy(upper);
        corrupt.corrupt = true;
        for (ChainFactory bad : List.of(expired, crossed, noAuthority, corrupt)) {
            good(ChainCase.sent(leaf.issue(), bad.issue(), lower.issue(), upper.issue())
                    .trusting(root.issue()));
            good(ChainCase.sent(leaf.issue(), upper.issue(), lower.issue(), bad.issue())
                    .trusting(root.issue()));
        }
        good(ChainCase.sent(leaf.issue(), expired.issue(), upper.issue(), crossed.issue())
                .trusting(root.issue(), otherRoot.issue()));
    }

    /** RFC 4210 4.4: the new key signed with the old one, so that who knows only the old one follows. */
    @Test
    void aRootWithANewKeyIsReachedFromTheOldOne() {
        ChainFactory renewed = root.copy(null);
        renewed.key = ChainFactory.key("Good Root, new key");
        ChainFactory link = renewed.copy(null);
        link.issuedBy(root.subject, root.key);
        ChainFactory server = renewed.leaf("below the new key");
        good(ChainCase.sent(server.issue(), link.issue()).trusting(root.issue()));
        good(ChainCase.sent(server.issue(), link.issue()).trusting(renewed.issue()));
        good(ChainCase.sent(server.issue(), link.issue()).trusting(root.issue(), renewed.issue()));
    }

    /** RFC 5280 4.2.1.9: self-issued certificates do not count as steps of the path. */
    @Test
    void aSelfIssuedIntermediateDoesNotCount() {
        root.with(Extension.basicConstraints, true, new BasicConstraints(0));
        ChainFactory link = root.copy(null);
        link.key = ChainFactory.key("Good Root, second key");
        link.issuedBy(root.subject, root.key);
        ChainFactory server = link.leaf("below a self-issued one");
        good(ChainCase.sent(server.issue(), link.issue()).trusting(root.issue()));
    }

    /** Trust is in that certificate: the same name and key under other content is not what the user has seen. */
    @Test
    void anotherCertificateWithTheNameAndKeyOfATrustedServerIsNotTrusted() {
        ChainFactory device =
                ChainFactory.root("device").with(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        ChainFactory forged = device.copy(null);
        forged.corrupt = true;
        forged.names(new GeneralName(GeneralName.dNSName, ChainFactory.HOST));
        Set<ChainValidationResult> errors =
                ChainCase.sent(forged.issue()).trusting(device.issue()).errors();
        assertEquals(Set.of(INVALID_SIGNATURE), errors);
    }
}
