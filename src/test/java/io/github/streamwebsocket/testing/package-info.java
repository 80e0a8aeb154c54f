/** What tests of several layers share: the wire below and the frames on it, made and read without any code of ours. */
@NullMarked
package io.github.streamwebsocket.testing;

import org.jspecify.annotations.NullMarked;
