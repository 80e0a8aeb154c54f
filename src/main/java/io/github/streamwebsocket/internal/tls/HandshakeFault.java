package io.github.streamwebsocket.internal.tls;

import io.github.streamwebsocket.WebErrorStatus;
import io.github.streamwebsocket.WebSocketConnectException;
import io.github.streamwebsocket.WebSocketError;
import io.github.streamwebsocket.internal.PeerText;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsFatalAlertReceived;

/** Says what a failed TLS handshake failed of. */
final class HandshakeFault {

    private HandshakeFault() {}

    /** Returns our exception for one of the TLS provider, which stays its cause. */
    static WebSocketConnectException describe(String peer, Exception fault) {
        for (Throwable link = fault; link != null; link = link.getCause()) {
            if (link instanceof CertificateRefusedException refused) {
                return new WebSocketConnectException(refused.status(), String.valueOf(refused.getMessage()), fault);
            }
            if (link instanceof TlsFatalAlertReceived alert) {
                String description = AlertDescription.getText(alert.getAlertDescription());
                return failed(peer, "the peer sent the alert " + description, fault);
            }
        }
        return failed(peer, text(fault), fault);
    }

    /**
     * An alert we sent tells little; what led to it tells more. BouncyCastle raises a bare handshake_failure both when
     * the peer's data ends and when the two ends have nothing in common.
     */
    private static String text(Exception fault) {
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
