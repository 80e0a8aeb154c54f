/** Sockets: name resolution, racing addresses, deadlines, and the raw socket that abort closes. */
@NullMarked
package io.github.streamwebsocket.internal.net;

import org.jspecify.annotations.NullMarked;
