/** The command line. Nothing in the library imports it. */
@NullMarked
package io.github.streamwebsocket.cli;

import org.jspecify.annotations.NullMarked;
