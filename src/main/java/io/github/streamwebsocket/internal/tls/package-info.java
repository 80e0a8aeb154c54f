/** TLS over a connected socket, by BouncyCastle. */
@NullMarked
package io.github.streamwebsocket.internal.tls;

import org.jspecify.annotations.NullMarked;
