package io.github.streamwebsocket.internal.x509;

import static io.github.streamwebsocket.internal.x509.StatusAuthority.day;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.operator.DigestCalculatorProvider;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.jspecify.annotations.Nullable;

/** Makes OCSP responses for tests: a good one unless told otherwise. */
final class OcspMaker {
    static final AlgorithmIdentifier SHA1 = new AlgorithmIdentifier(OIWObjectIdentifiers.idSHA1, DERNull.INSTANCE);
    static final AlgorithmIdentifier SHA256 = new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256);

    private final StatusAuthority.Holder issuer;
    private final Certificate about;
    private AlgorithmIdentifier hash = SHA1;
    private @Nullable CertificateStatus status = CertificateStatus.GOOD;
    private Instant thisUpdate = day(-1);
    private @Nullable Instant nextUpdate = day(3);
    private StatusAuthority.Holder signer;
    private StatusAuthority.Holder named;
    private final List<X509CertificateHolder> certificates = new ArrayList<>();
    private boolean byKey;
    private String algorithm = "SHA256withECDSA";
    private @Nullable Extension extension;

    private OcspMaker(StatusAuthority.Holder issuer, Certificate about) {
        this.issuer = issuer;
        this.about = about;
        signer = issuer;
        named = issuer;
    }

    static OcspMaker response(StatusAuthority authority, StatusAuthority.Holder about) {
        return new OcspMaker(authority.self, about.certificate());
    }

    OcspMaker hashedWith(AlgorithmIdentifier other) {
        hash = other;
        return this;
    }

    OcspMaker status(CertificateStatus other) {
        status = other;
        return this;
    }

    OcspMaker revoked(int dayFromToday, int reason) {
        return status(new RevokedStatus(Date.from(day(dayFromToday)), reason));
    }

    OcspMaker valid(int fromDay, int toDay) {
        thisUpdate = day(fromDay);
        nextUpdate = day(toDay);
        return this;
    }

    OcspMaker withoutEnd(int fromDay) {
        thisUpdate = day(fromDay);
        nextUpdate = null;
        return this;
    }

    /** Signed by a responder, whose certificate comes along. */
    OcspMaker by(StatusAuthority.Holder responder) {
        signer = responder;
        named = responder;
        certificates.add(responder.certificate().holder());
        return this;
    }

    /** Signed with another key, under the name of whoever it was. */
    OcspMaker forgedBy(StatusAuthority.Holder forger) {
        signer = forger;
        return this;
    }

    OcspMaker withoutCertificates() {
        certificates.clear();
        return this;
    }

    OcspMaker namedByKey() {
        byKey = true;
        return this;
    }

    OcspMaker signedWith(String other) {
        algorithm = other;
        return this;
    }

    OcspMaker with(Extension other) {
        extension = other;
        return this;
    }

    byte[] der() throws Exception {
        DigestCalculatorProvider digests = new JcaDigestCalculatorProviderBuilder().build();
        RespID id = byKey
                ? new RespID(named.certificate().publicKeyInfo(), digests.get(RespID.HASH_SHA1))
                : new RespID(named.name());
        BasicOCSPRespBuilder builder = new BasicOCSPRespBuilder(id);
        CertificateID certificate =
                new CertificateID(digests.get(hash), issuer.certificate().holder(), about.serialNumber());
        builder.addResponse(
                certificate,
                status,
                Date.from(thisUpdate),
                nextUpdate == null ? null : Date.from(nextUpdate),
                (Extensions) null);
        if (extension != null) {
            builder.setResponseExtensions(new Extensions(extension));
        }
        BasicOCSPResp basic = builder.build(
                signer.signer(algorithm), certificates.toArray(new X509CertificateHolder[0]), Date.from(thisUpdate));
        return new OCSPRespBuilder().build(OCSPResp.SUCCESSFUL, basic).getEncoded();
    }

    static byte[] without(int status) throws Exception {
        return new OCSPRespBuilder().build(status, null).getEncoded();
    }
}
