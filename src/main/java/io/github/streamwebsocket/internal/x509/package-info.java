/** Certificate validation: the whole verdict about a chain of certificates (RFC 5280, RFC 9525). No sockets here. */
@NullMarked
package io.github.streamwebsocket.internal.x509;

import org.jspecify.annotations.NullMarked;
