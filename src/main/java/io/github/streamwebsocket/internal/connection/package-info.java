/** One open connection: who may read, who may write, control frames, close handshake, keep-alive, failure. */
@NullMarked
package io.github.streamwebsocket.internal.connection;

import org.jspecify.annotations.NullMarked;
