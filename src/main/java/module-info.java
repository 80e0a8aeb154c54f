/** Plain blocking streams over a WebSocket. Only {@code io.github.streamwebsocket} is for users. */
module io.github.streamwebsocket {
    requires org.bouncycastle.pkix;
    requires org.bouncycastle.provider;
    requires org.bouncycastle.tls;
    requires static transitive org.jspecify;

    exports io.github.streamwebsocket;
}
