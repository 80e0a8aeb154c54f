package io.github.streamwebsocket.internal.handshake;

import java.util.List;

/**
 * What a server needs of an opening request that keeps the rules.
 *
 * @param path raw path; begins with "/"
 * @param query raw query, "" when none
 * @param key the client's Sec-WebSocket-Key
 * @param protocols subprotocols offered, in order
 */
record UpgradeRequest(String path, String query, String key, List<String> protocols) {}
