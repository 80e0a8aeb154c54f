/** What the layers below the entry are told: settings and the role. */
@NullMarked
package io.github.streamwebsocket.internal;

import org.jspecify.annotations.NullMarked;
