package io.github.streamwebsocket;

import java.util.Objects;

/**
 * What the peer's Close frame said; given to the handlers of {@code onClosed}.
 *
 * @param code the status code of the frame (RFC 6455 7.4); 1005 when the frame had none
 * @param reason the reason of the frame, "" when it had none; text from the peer, at most 123 bytes of UTF-8
 */
public record WebSocketClosedEventArgs(int code, String reason) {
    /** Made by the library, and by tests of handlers. */
    public WebSocketClosedEventArgs {
        Objects.requireNonNull(reason, "reason");
    }
}
