/** Fragments to wire bytes and back: header, rules, mask, frame reader, frame writer (RFC 6455 5). */
@NullMarked
package io.github.streamwebsocket.internal.frame;

import org.jspecify.annotations.NullMarked;
