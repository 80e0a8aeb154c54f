package io.github.streamwebsocket.cli;

import io.github.streamwebsocket.Registration;

/** Shows how a transfer gets on, until it is closed. Nothing is shown any more once close has returned. */
interface Progress extends Registration {}
