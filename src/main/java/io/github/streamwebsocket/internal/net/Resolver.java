package io.github.streamwebsocket.internal.net;

import io.github.streamwebsocket.WebSocketException;
import io.github.streamwebsocket.internal.IpLiteral;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Turns a host into addresses. A look-up is a native call that nothing can stop and that holds the carrier of a virtual
 * thread, so each runs on a short-lived daemon platform thread; whoever asked waits for it no longer than the attempt
 * lasts.
 */
public final class Resolver {

    /** The name service. */
    interface NameService {
        InetAddress[] lookUp(String name) throws UnknownHostException;
    }

    private Resolver() {}

    /**
     * Returns the addresses of a host, at least one, in the order of the system's preference (RFC 6724). Blocks for
     * the name service; an address written as numbers needs none.
     *
     * @throws WebSocketException HOST_NAME_NOT_RESOLVED when the name has no address; TIMEOUT, OPERATION_CANCELED
     *     when the attempt ends first
     */
    public static List<InetAddress> resolve(ConnectScope scope, String host) throws WebSocketException {
        return resolve(scope, host, InetAddress::getAllByName);
    }

    static List<InetAddress> resolve(ConnectScope scope, String host, NameService names) throws WebSocketException {
        scope.enter("the look-up of " + host);
        try {
            InetAddress literal = IpLiteral.parse(host);
            return literal == null ? lookUp(scope, host, names) : List.of(literal);
        } catch (IOException e) {
            throw scope.failure(e);
        }
    }

    private static List<InetAddress> lookUp(ConnectScope scope, String host, NameService names) throws IOException {
        CompletableFuture<List<InetAddress>> answer = new CompletableFuture<>();
        Closeable wake = scope.register(() -> answer.completeExceptionally(new InterruptedIOException("cancelled")));
        Thread.ofPlatform().daemon().name("look-up " + host).start(() -> {
            try {
                answer.complete(List.of(names.lookUp(host)));
            } catch (Throwable e) { // whatever it is, somebody waits for it
                answer.completeExceptionally(e);
            }
        });
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (ExecutionException e) {
            throw asIOException(e.getCause());
        } finally {
            scope.release(wake);
        }
    }

    private static IOException asIOException(@Nullable Throwable cause) {
        return cause instanceof IOException io ? io : new IOException("the name service failed", cause);
    }
}
