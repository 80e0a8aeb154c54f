package io.github.streamwebsocket.internal.tls;

import io.github.streamwebsocket.ChainValidationResult;
import io.github.streamwebsocket.ServerCertificates;
import io.github.streamwebsocket.WebErrorStatus;
import io.github.streamwebsocket.WebSocketCertificateException;
import io.github.streamwebsocket.WebSocketConnectException;
import io.github.streamwebsocket.WebSocketError;
import io.github.streamwebsocket.internal.PeerText;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsFatalAlertReceived;

/** Says what a failed TLS handshake failed of. */
final class HandshakeFault {

    /** What BouncyCastle itself sends for a certificate that it cannot read or use, before ours is asked. */
    private static final Set<Short> CERTIFICATE_ALERTS = Set.of(
            AlertDescription.bad_certificate,
            AlertDescription.unsupported_certificate,
            AlertDescription.certificate_unknown);

    private HandshakeFault() {}

    /**
     * Returns our exception for one of the TLS provider, which stays its cause.
     *
     * @param hint is said when what came was no TLS
     */
    static WebSocketConnectException describe(String peer, Exception fault, String hint) {
        for (Throwable link = fault; link != null; link = link.getCause()) {
            switch (link) {
                case WebSocketConnectException ours -> {
                    return ours;
                }
                case CertificateRefusedException refused -> {
                    return refused(refused, fault);
                }
                case CertificateException unreadable -> {
                    return unusable(peer, text(unreadable), WebSocketError.getStatus(unreadable), fault);
                }
                case TlsFatalAlertReceived alert -> {
                    String description = AlertDescription.getText(alert.getAlertDescription());
                    return failed(peer, "the peer sent the alert " + description, fault);
                }
                case TlsFatalAlert alert
                when noRecord(alert) -> {
                    String what = "expected a TLS record but what came is none (" + alert.getMessage() + ")" + hint;
                    return failed(peer, what, fault);
                }
                default -> {}
            }
        }
        return aboutCertificate(fault)
                ? unusable(peer, text(fault), WebErrorStatus.CERTIFICATE_CONTAINS_ERRORS, fault)
                : failed(peer, text(fault), fault);
    }

    /** What is no TLS record at all is refused with this alert (RFC 8446 5.1). */
    private static boolean noRecord(TlsFatalAlert alert) {
        return alert.getAlertDescription() == AlertDescription.unexpected_message
                && String.valueOf(alert.getMessage()).contains("UNKNOWN");
    }

    private static boolean aboutCertificate(Exception fault) {
        return fault instanceof TlsFatalAlert alert && CERTIFICATE_ALERTS.contains(alert.getAlertDescription());
    }

    /** What a handler threw tells more than the alert that was sent for it. */
    private static WebSocketCertificateException refused(CertificateRefusedException refused, Exception fault) {
        Throwable cause = refused.getCause() == null ? fault : refused.getCause();
        return new WebSocketCertificateException(
                refused.status(), String.valueOf(refused.getMessage()), refused.certificates(), cause);
    }

    /** Refused by others: BouncyCastle's own reading of the certificate, or the trust manager of an SSLContext. */
    private static WebSocketCertificateException unusable(
            String peer, String what, WebErrorStatus status, Exception fault) {
        ServerCertificates certificates =
                new ServerCertificates(List.of(), List.of(), Map.of(ChainValidationResult.OTHER_ERRORS, what));
        String message = CertificateRefusedException.message(
                peer, certificates, certificates.explanations().keySet());
        return new WebSocketCertificateException(status, message, certificates, fault);
    }

    /**
     * An alert we sent tells little; what led to it tells more. BouncyCastle raises a bare handshake_failure both when
     * the peer's data ends and when the two ends have nothing in common.
     */
    private static String text(Throwable fault) {
        if (fault instanceof TlsFatalAlert alert
                && alert.getAlertDescription() == AlertDescription.handshake_failure
                && alert.getCause() == null) {
            return "the peer ended the connection, or nothing could be agreed on (" + alert.getMessage() + ")";
        }
        Throwable telling = fault instanceof TlsFatalAlert && fault.getCause() != null ? fault.getCause() : fault;
        String message = telling.getMessage();
        return PeerText.shown(message == null ? telling.getClass().getSimpleName() : message);
    }

    private static WebSocketConnectException failed(String peer, String what, Exception fault) {
        WebErrorStatus status = WebSocketError.getStatus(fault);
        return new WebSocketConnectException(
                status == WebErrorStatus.UNKNOWN ? WebErrorStatus.CANNOT_CONNECT : status,
                "the TLS handshake with " + peer + " failed: " + what,
                fault);
    }
}
