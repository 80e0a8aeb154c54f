/** The opening handshake: request, response, offers (RFC 6455 4). */
@NullMarked
package io.github.streamwebsocket.internal.handshake;

import org.jspecify.annotations.NullMarked;
