package io.github.streamwebsocket;

import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The root of what this library throws when a connection cannot be made, breaks, ends or is refused. Catch a subclass
 * to read its facts, or read {@link #status()} for the kind of fault.
 *
 * <p>Subclasses may be added in any release.
 */
public abstract class WebSocketException extends IOException {
    private static final long serialVersionUID = 1L;

    /** The kind of fault. */
    private final WebErrorStatus status;

    /**
     * Made by the library's own exceptions.
     *
     * @param status the kind of fault
     * @param message what was expected and what came
     * @param cause what led to it, or null
     */
    protected WebSocketException(WebErrorStatus status, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.status = Objects.requireNonNull(status, "status");
    }

    /**
     * Returns the kind of fault.
     *
     * @return the same as {@link WebSocketError#getStatus(Throwable)} gives for this exception
     */
    public WebErrorStatus status() {
        return status;
    }
}
