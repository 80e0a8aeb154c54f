/** Conversations with WebSocket implementations of other languages; "make interop" installs them and runs these. */
package io.github.streamwebsocket.interop;
