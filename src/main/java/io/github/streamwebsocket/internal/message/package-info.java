/** Bytes to fragments and back: one message across frames. */
@NullMarked
package io.github.streamwebsocket.internal.message;

import org.jspecify.annotations.NullMarked;
