package io.github.streamwebsocket;

import java.io.EOFException;
import java.io.InterruptedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateRevokedException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Tells the kind of fault behind an exception, as {@code Windows.Networking.Sockets.WebSocketError} does. */
public final class WebSocketError {
    private WebSocketError() {}

    /**
     * Returns the kind of fault behind any throwable, of this library or of the JDK. Walks the chain of causes: the
     * outermost {@link WebSocketException} with a known status answers; without one, the most telling of the JDK's
     * exceptions (a certificate fault before the TLS failure it caused).
     *
     * @param failure what was thrown
     * @return the kind of fault, {@link WebErrorStatus#UNKNOWN} when nothing in the chain tells
     */
    public static WebErrorStatus getStatus(Throwable failure) {
        WebErrorStatus best = WebErrorStatus.UNKNOWN;
        int bestWeight = 0;
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Throwable link = failure; link != null && seen.add(link); link = link.getCause()) {
            if (link instanceof WebSocketException ours && ours.status() != WebErrorStatus.UNKNOWN) {
                return ours.status();
            }
            WebErrorStatus status = statusOf(link);
            if (status != null && weightOf(link, status) > bestWeight) {
                best = status;
                bestWeight = weightOf(link, status);
            }
        }
        return best;
    }

    /**
     * A precise cause outweighs the general wrapper around it; among equals the outermost wins. TLS wraps everything,
     * and the reason a certificate is refused for lies below two or three exceptions that say no more than that it is.
     */
    private static int weightOf(Throwable link, WebErrorStatus status) {
        if (link instanceof SSLException) {
            return 1;
        }
        boolean general = status == WebErrorStatus.CERTIFICATE_IS_INVALID
                || (status == WebErrorStatus.CONNECTION_ABORTED && link instanceof SocketException);
        return general ? 2 : 3;
    }

    private static @Nullable WebErrorStatus statusOf(Throwable link) {
        return switch (link) {
            case SocketTimeoutException e -> WebErrorStatus.TIMEOUT;
            case TimeoutException e -> WebErrorStatus.TIMEOUT;
            case UnknownHostException e -> WebErrorStatus.HOST_NAME_NOT_RESOLVED;
            case UnresolvedAddressException e -> WebErrorStatus.HOST_NAME_NOT_RESOLVED;
            case NoRouteToHostException e -> WebErrorStatus.SERVER_UNREACHABLE;
            case PortUnreachableException e -> WebErrorStatus.SERVER_UNREACHABLE;
            case ConnectException e -> connectStatus(e);
            case BindException e -> WebErrorStatus.CANNOT_CONNECT;
            case SocketException e -> socketStatus(e);
            case InterruptedIOException e -> WebErrorStatus.OPERATION_CANCELED;
            case ClosedByInterruptException e -> WebErrorStatus.OPERATION_CANCELED;
            case ClosedChannelException e -> WebErrorStatus.CONNECTION_ABORTED;
            case InterruptedException e -> WebErrorStatus.OPERATION_CANCELED;
            case CancellationException e -> WebErrorStatus.OPERATION_CANCELED;
            case CertificateExpiredException e -> WebErrorStatus.CERTIFICATE_EXPIRED;
            case CertificateNotYetValidException e -> WebErrorStatus.CERTIFICATE_EXPIRED;
            case CertificateRevokedException e -> WebErrorStatus.CERTIFICATE_REVOKED;
            case CertPathValidatorException e -> pathStatus(e);
            case CertPathBuilderException e -> WebErrorStatus.CERTIFICATE_IS_INVALID;
            case CertificateException e -> certificateStatus(e);
            case EOFException e -> WebErrorStatus.CONNECTION_ABORTED;
            case SSLException e -> WebErrorStatus.CANNOT_CONNECT;
            default -> null;
        };
    }

    private static WebErrorStatus connectStatus(ConnectException e) {
        String message = String.valueOf(e.getMessage());
        return message.contains("timed out") ? WebErrorStatus.TIMEOUT : WebErrorStatus.CANNOT_CONNECT;
    }

    /** The JDK tells these apart by text only. */
    private static WebErrorStatus socketStatus(SocketException e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("reset")) {
            return WebErrorStatus.CONNECTION_RESET;
        }
        if (message.contains("interrupt")) {
            return WebErrorStatus.OPERATION_CANCELED;
        }
        if (message.contains("unreachable")) {
            return WebErrorStatus.SERVER_UNREACHABLE;
        }
        return WebErrorStatus.CONNECTION_ABORTED;
    }

    private static WebErrorStatus pathStatus(CertPathValidatorException e) {
        if (e.getReason() == BasicReason.EXPIRED || e.getReason() == BasicReason.NOT_YET_VALID) {
            return WebErrorStatus.CERTIFICATE_EXPIRED;
        }
        return e.getReason() == BasicReason.REVOKED
                ? WebErrorStatus.CERTIFICATE_REVOKED
                : WebErrorStatus.CERTIFICATE_IS_INVALID;
    }

    /** The JDK's and BouncyCastle's identity checks throw a plain CertificateException that names the host. */
    private static WebErrorStatus certificateStatus(CertificateException e) {
        String message = String.valueOf(e.getMessage());
        boolean identity = message.contains("subject alternative")
                || message.contains("Subject alternative")
                || message.contains("No name matching")
                || message.contains("hostname")
                || message.contains("Hostname");
        return identity ? WebErrorStatus.CERTIFICATE_COMMON_NAME_IS_INCORRECT : WebErrorStatus.CERTIFICATE_IS_INVALID;
    }
}
